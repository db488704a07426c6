import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CALENDAR, rulesetText } from '../../../monitor/src/testing/site';
import {
  recipientsText,
  removeRecipients,
  writeRecipients,
} from '../../../monitor/src/notify/testing/notify-site';
import type { Receiver } from '../../../monitor/src/notify/testing/receivers';
import { runCli } from './program';

/* What this spec guarantees: a change of the rules at the command line, by two people, on the store that the daemon uses. */
describe('mingjian draft', () => {
  let dir: string;
  const environment = { ...process.env };
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mingjian-draft-'));
    writeFileSync(join(dir, 'rules.yaml'), rulesetText());
    writeFileSync(join(dir, 'calendar.yaml'), CALENDAR);
    process.env.MINGJIAN_RULESETS = join(dir, 'rules.yaml');
    process.env.MINGJIAN_CALENDARS = join(dir, 'calendar.yaml');
    await run('user', 'add', 'zhou', '--role', 'administrator');
    await run('user', 'add', 'wu', '--role', 'administrator');
  });
  afterAll(() => {
    process.env = environment;
    rmSync(dir, { recursive: true });
  });

  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const said = { out: '', err: '' };
    const code = await runCli([...args, '--data-dir', dir], {
      stdin: Readable.from([]),
      out: async (text) => void (said.out += text),
      err: (text) => void (said.err += text),
      now: () => Date.parse('2026-09-28T10:00:00+08:00'),
    });
    return { code, ...said };
  };

  it('is begun, changed, shown, submitted by one and approved by another, and written as a file', async () => {
    expect((await run('draft', 'list')).out).toBe('no drafts\n');
    const begun = await run('draft', 'begin', '--by', 'zhou', '--json');
    expect(begun).toMatchObject({ code: 0, err: '' });
    const { draft } = JSON.parse(begun.out) as { draft: { yaml: string; documentVersion: string } };
    const file = join(dir, 'draft.yaml');
    writeFileSync(file, draft.yaml.replace('promise: 7wd', 'promise: 3wd'));
    expect(await run('draft', 'save', '1', '--file', file, '--by', 'zhou')).toMatchObject({
      code: 0,
      err: '',
    });
    expect((await run('draft', 'diff', '1')).out).toBe(
      '版本：1 → 2\n施行日期：2020-01-01 → 2026-09-28\n事项 建设工程规划许可证核发（A0101） › 承诺时限：7 个工作日 → 3 个工作日\n',
    );
    const dated = ['--reason', '提速', '--in-force-from', '2026-10-09'];
    const submitted = await run('draft', 'submit', '1', ...dated, '--by', 'zhou');
    expect(submitted).toMatchObject({ code: 0, err: '' });
    expect(submitted.out).toContain('待批准');
    const own = await run('draft', 'approve', '1', '--by', 'zhou');
    expect(own).toMatchObject({ code: 64 });
    expect(own.err).toContain('另一名管理员');
    const approved = await run('draft', 'approve', '1', '--by', 'wu');
    expect(approved.out).toContain('已批准');
    expect((await run('draft', 'list')).out).toMatch(/^1 +approved +ruleset +2026-10-09/);
    expect((await run('draft', 'versions')).out).toMatch(/ruleset .* 2026-10-09 +to-come +draft 1/);
    const text = await run('draft', 'export', '--from-version', draft.documentVersion);
    expect(text.out).toContain('promise: 3wd');
    expect(text.out).toContain('inForceFrom: 2026-10-09');
  });

  it('changes who is told the same way; preview and doctor say whose word they go by', async () => {
    const recipients = writeRecipients(recipientsText({ port: 9 } as Receiver, { port: 9 } as Receiver));
    process.env.MINGJIAN_RECIPIENTS = recipients;
    const preview = () => run('notify', 'preview', '--department', 'housing', '--grade', 'red');
    expect((await preview()).out).toContain(`messages by the file ${recipients}\n`);
    const begun = await run('draft', 'begin', '--kind', 'recipients', '--by', 'zhou', '--json');
    expect(begun).toMatchObject({ code: 0, err: '' });
    const { draft } = JSON.parse(begun.out) as { draft: { id: number; yaml: string } };
    const id = String(draft.id);
    const file = join(dir, 'recipients-draft.yaml');
    writeFileSync(file, `${draft.yaml}secret: x\n`);
    const bad = await run('draft', 'save', id, '--file', file, '--by', 'zhou');
    expect(bad.out).toContain('没有未知的字段');
    writeFileSync(file, draft.yaml.replace('李四', '钱七'));
    await run('draft', 'save', id, '--file', file, '--by', 'zhou');
    expect((await run('draft', 'diff', id)).out).toContain('接收人 钱七（head-1） › 姓名：李四 → 钱七\n');
    await run('draft', 'submit', id, '--reason', '换届', '--by', 'zhou');
    expect((await run('draft', 'approve', id, '--by', 'wu')).out).toContain('已批准');
    const after = await preview();
    expect(after.out).toContain('department-head  钱七');
    expect(after.out).toContain(`messages by draft ${id}, approved in place of ${recipients}\n`);
    expect((await run('doctor')).out).toContain(`draft ${id}, approved in place of ${recipients}: 5 people`);
    expect((await run('draft', 'versions')).out).toMatch(
      new RegExp(`recipients +test +2 +- +in-force +draft ${id}`),
    );
    const text = await run('draft', 'export', '--kind', 'recipients', '--from-version', '2');
    expect(text.out).toContain('name: 钱七');
    removeRecipients(recipients);
  });

  it('changes one of the mappings the same way, or begins a new one by its name', async () => {
    expect((await run('draft', 'begin', '--kind', 'mapping', '--by', 'zhou')).err).toContain(
      '--document NAME',
    );
    const begin = (name: string) =>
      run('draft', 'begin', '--kind', 'mapping', '--document', name, '--by', 'zhou', '--json');
    for (const name of ['window', 'hall']) {
      const begun = await begin(name);
      expect(begun).toMatchObject({ code: 0, err: '' });
      const { draft } = JSON.parse(begun.out) as { draft: { id: number; yaml: string } };
      const [id, file] = [String(draft.id), join(dir, `${name}.yaml`)];
      writeFileSync(file, draft.yaml.replace('source: ""', 'source: urn:dept:housing'));
      await run('draft', 'save', id, '--file', file, '--by', 'zhou');
      await run('draft', 'submit', id, '--reason', '新建', '--by', 'zhou');
      expect((await run('draft', 'approve', id, '--by', 'wu')).out).toContain('已批准');
    }
    const exported = (...more: string[]) =>
      run('draft', 'export', '--kind', 'mapping', '--from-version', '2026-09-28', ...more);
    expect((await exported()).err).toContain('--document: which of those with this version');
    expect((await exported('--document', 'hall')).out).toContain('mapping: hall\n');
  });

  it('says how to use it where something is left out', async () => {
    expect((await run('draft', 'publish')).err).toContain('the actions are list');
    expect((await run('draft', 'submit', '1', '--by', 'wu')).err).toContain('--reason TEXT');
    expect((await run('draft', 'begin')).err).toContain('--by ACCOUNT');
  });
});
