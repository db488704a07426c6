import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '../../../apps/monitor/src/identity/principal';
import { serveSite, type Browser, type ServedSite } from '../../../apps/monitor/src/testing/served-site';
import { at, event, rulesetText } from '../../../apps/monitor/src/testing/site';

/** Departments, and what stands in rows of theirs and in nothing else. */
export const DEPARTMENTS = ['housing', 'market', 'tax'] as const;
export type Department = (typeof DEPARTMENTS)[number];

/** A number of a case of a department: what belongs to it and somebody may also ask for. */
export const caseNo = (department: Department, n: number): string => `CASE-OF-${department}-${n}`;
/** What nobody asks for, since nobody knows it: wherever it is read, a row of that department was read. */
export const secretOf = (department: Department): string => `SECRET-OF-${department}`;

const RULES = `${rulesetText('3wd')
  .replace('{ name: 住房和城乡建设局 }', '{ name: 住房和城乡建设局, district: east }')
  .replace('{ name: 市场监督管理局 }', '{ name: 市场监督管理局, district: west }')
  .replace('items:\n', '  tax: { name: 税务局, district: west }\nitems:\n')}${['market', 'tax']
  .map(
    (department) =>
      `  ${department}-1:\n    name: 事项\n    department: ${department}\n    promise: 3wd\n    delivery: none\n`,
  )
  .join('')}`;

/** Somebody who sends requests, and the departments of which they may read. */
export interface Reader {
  name: string;
  browser: Browser;
  reads: readonly Department[];
}

/** A site of three departments in two districts, each with cases that are late, an order, a complaint and an appeal. */
export async function serveThreeDepartments(): Promise<{ served: ServedSite; readers: Reader[] }> {
  const served = await serveSite('2026-09-14T10:00:05', {}, (site) => site.writeRuleset(RULES));
  const { site, monitor } = served;
  for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
  for (const department of DEPARTMENTS)
    for (const n of [1, 2, 3]) {
      const item = department === 'housing' ? 'A0101' : `${department}-1`;
      const data = { item, department, officer: secretOf(department) };
      await site.send(event('case.accepted', caseNo(department, n), '2026-09-14T10:00', data));
    }
  await monitor.intake.drain();
  site.clock.moveTo(at('2026-09-24T09:00'));
  await monitor.sweep.runOnce(site.clock.now());
  const readers: Reader[] = [];
  const add = async (
    role: Role,
    reads: readonly Department[],
    department: Department | null = null,
    district: string | null = null,
  ): Promise<void> => {
    const name = [role, department, district].filter((part) => part !== null).join('-');
    await served.addUser(name, [role], department, district);
    readers.push({ name, browser: await served.signedIn(name), reads });
  };
  await add('inspector', DEPARTMENTS);
  for (const department of DEPARTMENTS) {
    await add('department-head', [department], department);
    await add('post', [department], department);
  }
  await add('inspector', ['housing'], null, 'east');
  await add('inspector', ['market', 'tax'], null, 'west');
  await add('administrator', DEPARTMENTS);
  await add('auditor', DEPARTMENTS);
  await add('operator', []);
  for (const department of DEPARTMENTS) await addMatters(readers, department);
  return { served, readers };
}

/** What people do: an order and a complaint about a department, and an appeal of it. @throws where one is not taken. */
async function addMatters(readers: readonly Reader[], department: Department): Promise<void> {
  const as = (name: string): Browser => readers.find((reader) => reader.name === name)!.browser;
  const text = secretOf(department);
  const done = async (name: string, path: string, body: object): Promise<Record<string, { id: number }>> => {
    const answer = await as(name).ask('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  await done('inspector', '/v1/orders', {
    ...{ department, colour: 'orange', title: text, content: text, basis: '行政许可法第四十二条' },
  });
  const { complaint } = await done('inspector', '/v1/complaints', {
    ...{ policy: 'complaint', channel: '12345', kind: 'attitude', department, title: text, request: text },
  });
  const acts = `/v1/complaints/${complaint!.id}/acts`;
  await done('inspector', acts, { version: 1, act: { type: 'accepted' } });
  await done('inspector', acts, { version: 2, act: { type: 'transferred', department } });
  const { body } = await as('inspector').ask('GET', `/v1/lights?limit=200`);
  const light = (body.lights as { id: number; caseNo: string; to: string }[]).find(
    (one) => one.caseNo === caseNo(department, 1) && one.to === 'red',
  )!;
  await done(`department-head-${department}`, '/v1/appeals', {
    ...{ light: { id: light.id }, reason: 'late-upload', text, evidence: text },
  });
}
