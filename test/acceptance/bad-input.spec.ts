import { join } from 'node:path';
import { startDaemon, type Daemon } from './daemon';
import { endLeftOver, linesOf, runProduct, Workspace } from './product';
import { until } from './until';

const SOURCE = 'urn:dept:420684:housing';
const HOUR_MS = 3_600_000;
const MIB = 1024 ** 2;

const CALENDAR = {
  calendar: 'always',
  timezone: 'Asia/Shanghai',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
  ),
};

/** Before the mend: no item A0103, no limit for A0102 unless the case carries one, no step `inspect`. */
const ITEM = { name: '示例事项', promise: '7wd', statutory: 'none', delivery: 'none' };
const STEPS = { review: { limit: '2wd' } };
const ruleset = (items: Record<string, unknown>): Record<string, unknown> => ({
  ruleset: 'bad-input',
  version: '1',
  inForceFrom: '2020-01-01',
  calendar: 'always',
  departments: { housing: { name: '住房和城乡建设局' } },
  items,
});
const GAPPED = ruleset({ A0101: { ...ITEM, steps: STEPS }, A0102: { ...ITEM, promise: 'carried' } });
const MENDED = ruleset({
  // Before review, so that the mended case has skipped no step.
  A0101: { ...ITEM, steps: { inspect: { limit: '2wd' }, ...STEPS } },
  A0102: ITEM,
  A0103: ITEM,
});

interface Problem {
  place: string;
  field: string;
  expected: string;
  got: string;
  hint: string;
}
interface Answer {
  accepted?: number;
  quarantined?: number;
  results?: { index: number; id: string | null; quarantineId: string; problem: Problem }[];
  problems?: Problem[];
}
interface CasePage {
  case: { light: string; unknownBecause: string | null; findingCount: number };
  verdict: { light: string; clock: string | null };
  events: { id: string }[];
  findings: { code: string; detail: { kind: string }; supersededAt: string | null }[];
}
interface HeldRecord {
  id: string;
  reason: string;
  raw: string;
}

describe('bad input to a running daemon', () => {
  const workspace = new Workspace();
  const dataDir = workspace.path('data');
  const dirOption = ['--data-dir', join(dataDir, 'live')];
  let rulesetFile: string;
  let daemon: Daemon;
  let key: string;
  let now: number;

  beforeAll(async () => {
    rulesetFile = workspace.write('ruleset.json', GAPPED);
    daemon = await startDaemon(dataDir, ['--no-demo'], {
      MINGJIAN_RULESETS: rulesetFile,
      MINGJIAN_CALENDARS: workspace.write('calendar.json', CALENDAR),
    });
    const added = await runProduct([
      'source',
      'add',
      SOURCE,
      '--department',
      'housing',
      '--json',
      ...dirOption,
    ]);
    key = (JSON.parse(added.out) as { key: string }).key;
    now = Date.parse((await daemon.getJson<{ now: string }>('/v1/overview')).now);
  });
  afterAll(async () => {
    await daemon.stop();
    endLeftOver();
    workspace.remove();
  });

  const event = (
    caseNo: string,
    type: string,
    hoursAgo: number,
    more: Record<string, unknown> = {},
  ): Record<string, unknown> => ({
    specversion: '1.0',
    id: `${caseNo}/${type}`,
    source: SOURCE,
    type,
    subject: caseNo,
    time: new Date(now - hoursAgo * HOUR_MS).toISOString(),
    data: { item: 'A0101', department: 'housing' },
    ...more,
  });

  async function post(
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; answer: Answer }> {
    const response = await fetch(`${daemon.url}/v1/step-events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, answer: (await response.json()) as Answer };
  }

  /** The page of a case as soon as it is what is wanted. */
  const casePage = (caseNo: string, isWanted: (page: CasePage) => boolean): Promise<CasePage> =>
    until(
      `case ${caseNo}`,
      async () => {
        const response = await daemon.ask(`/v1/cases/${caseNo}`);
        if (response.status === 404) return null;
        const page = (await response.json()) as CasePage;
        return isWanted(page) ? page : null;
      },
      { withinMs: 20_000 },
    );

  /** What comes after a bad record is taken and judged as if nothing had been. */
  async function checkGoodEventPasses(caseNo: string): Promise<void> {
    expect(await post(event(caseNo, 'case.accepted', 2))).toEqual({
      status: 202,
      answer: { accepted: 1, quarantined: 0 },
    });
    const page = await casePage(caseNo, () => true);
    expect(page.verdict).toMatchObject({ light: 'green', clock: 'promise' });
  }

  /** The daemon writes the record from its log into the store: a moment passes. */
  const held = (isWanted: (record: HeldRecord) => boolean): Promise<HeldRecord> =>
    until('the record in quarantine', async () => {
      const { out } = await runProduct(['quarantine', 'list', '--json', ...dirOption]);
      return linesOf<HeldRecord>(out).find(isWanted) ?? null;
    });

  async function checkReleased(record: HeldRecord, mended: Record<string, unknown>): Promise<void> {
    const file = workspace.write(`mended-${String(mended.subject)}.json`, mended);
    const { code, out, err } = await runProduct([
      ...['quarantine', 'release', record.id, '--with', file],
      ...dirOption,
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`released ${record.id.slice(0, 12)}`);
    const page = await casePage(String(mended.subject), () => true);
    expect(page.verdict.light).toBe('green');
    const again = await runProduct(['quarantine', 'release', record.id, '--with', file, ...dirOption]);
    expect(again.code).toBe(64);
    expect(again.err).toContain('released already');
  }

  const bad: [
    what: string,
    no: string,
    change: () => Record<string, unknown>,
    reason: string,
    problem: Partial<Problem>,
  ][] = [
    [
      'a time without an offset',
      'B-0',
      () => ({ time: '2026-09-14 10:00' }),
      'invalid',
      { field: 'time', got: '"2026-09-14 10:00"', hint: 'write it like 2026-09-14T10:00:00+08:00' },
    ],
    [
      'a number for the time',
      'B-1',
      () => ({ time: 20260914 }),
      'invalid',
      { field: 'time', expected: 'an RFC 3339 time with seconds and offset', got: '20260914' },
    ],
    [
      'a list for the step',
      'B-2',
      () => ({ type: 'step.finished', data: { item: 'A0101', step: ['review'] } }),
      'invalid',
      { field: 'data.step', expected: 'a string', got: '["review"]' },
    ],
    [
      'a type that is none',
      'B-3',
      () => ({ type: 'case.accpeted' }),
      'invalid',
      { field: 'type', got: '"case.accpeted"' },
    ],
    [
      'a time in 2099',
      'B-4',
      () => ({ time: '2099-01-01T00:00:00+08:00' }),
      'time-in-future',
      { field: 'time', got: '"2099-01-01T00:00:00+08:00"' },
    ],
    [
      'the source of another department',
      'B-5',
      () => ({ source: 'urn:dept:420684:market' }),
      'source-mismatch',
      { field: 'source', expected: SOURCE, got: '"urn:dept:420684:market"' },
    ],
  ];

  it.each(bad)('%s is kept in quarantine with its reason, and released when mended', async (...row) => {
    const [, no, change, reason, problem] = row;
    const { status, answer } = await post({ ...event(no, 'case.accepted', 2), ...change() });
    expect(status).toBe(422);
    expect(answer).toMatchObject({ accepted: 0, quarantined: 1 });
    const [result] = answer.results ?? [];
    expect(result?.problem).toMatchObject({ place: 'body', ...problem });
    expect(result?.problem.expected).not.toBe('');
    await checkGoodEventPasses(`${no}-good`);
    const record = await held(({ id }) => id === result?.quarantineId);
    expect(record.reason).toBe(reason);
    await checkReleased(record, event(no, 'case.accepted', 2));
  });

  it('malformed JSON is refused with the place of the fault, kept, and released when mended', async () => {
    const { status, answer } = await post('{"specversion":"1.0","id":"B-6",,}');
    expect(status).toBe(400);
    const [problem] = answer.problems ?? [];
    expect(problem?.place).toMatch(/^body/);
    expect(`${problem?.expected} ${problem?.got}`).toMatch(/JSON/);
    expect(JSON.stringify(problem)).toMatch(/position 32|column 33|:33/);
    await checkGoodEventPasses('B-6-good');
    const record = await held(({ raw }) => raw.includes('B-6'));
    expect(record.reason).toBe('malformed');
    await checkReleased(record, event('B-6', 'case.accepted', 2));
  });

  it('a line that is no JSON stops no other line', async () => {
    const lines = [event('B-7a', 'case.accepted', 2), event('B-7b', 'case.accepted', 2)];
    const body = [JSON.stringify(lines[0]), '{"id":', JSON.stringify(lines[1])].join('\n');
    const { status, answer } = await post(body, { 'content-type': 'application/x-ndjson' });
    expect(status).toBe(202);
    expect(answer).toMatchObject({ accepted: 2, quarantined: 1, results: [{ index: 1 }] });
    expect(answer.results?.[0]?.problem.place).toMatch(/^line 2/);
    for (const no of ['B-7a', 'B-7b'])
      expect((await casePage(no, () => true)).verdict).toMatchObject({ light: 'green' });
  });

  it('a body of 50 MB is refused with the limit, and nothing of it is taken', async () => {
    const line = `${JSON.stringify(event('B-8', 'case.accepted', 2))}\n`;
    const body = line.repeat(Math.ceil((50 * MIB) / line.length));
    const { status, answer } = await post(body, { 'content-type': 'application/x-ndjson' });
    expect(status).toBe(413);
    expect(answer.problems?.[0]).toMatchObject({ place: 'body', expected: `at most ${10 * MIB} bytes` });
    expect(answer.problems?.[0]?.hint).toContain('MINGJIAN_BODY_LIMIT_BYTES');
    await checkGoodEventPasses('B-8-good');
    expect((await daemon.ask('/v1/cases/B-8')).status).toBe(404);
  });

  it.each([
    ['a wrong key', 'Bearer not-a-key', 'a key that was issued to nobody'],
    ['no key', '', 'none'],
  ])('%s is refused, and nothing is taken', async (_what, authorization, got) => {
    const { status, answer } = await post(event('B-9', 'case.accepted', 2), { authorization });
    expect(status).toBe(401);
    expect(answer.problems?.[0]).toMatchObject({ place: 'request', field: 'Authorization', got });
    await checkGoodEventPasses(`B-9-good-${got.length}`);
    expect((await daemon.ask('/v1/cases/B-9')).status).toBe(404);
  });

  it('a mended record that is still bad is refused with its problem and stays in quarantine', async () => {
    const { answer } = await post({ ...event('B-10', 'case.accepted', 2), time: 'yesterday' });
    const id = answer.results?.[0]?.quarantineId ?? '';
    await held((record) => record.id === id);
    const file = workspace.write('still-bad.json', { ...event('B-10', 'case.accepted', 2), subject: '' });
    const { code, err } = await runProduct(['quarantine', 'release', id, '--with', file, ...dirOption]);
    expect(code).toBe(65);
    expect(err).toContain('subject');
    await held((record) => record.id === id);
  });

  it('what the rules do not know is kept, shown grey or flagged, and judged again when they are mended', async () => {
    const data = (item: string) => ({ data: { item, department: 'housing' } });
    const step = (name: string) => ({ data: { item: 'A0101', department: 'housing', step: name } });
    const events = [
      event('U-item', 'case.accepted', 5, data('A0103')),
      event('U-limit', 'case.accepted', 5, data('A0102')),
      event('U-step', 'case.accepted', 5),
      event('U-step', 'step.started', 4, step('inspect')),
      event('U-order', 'case.accepted', 5),
      event('U-order', 'case.decided', 8, { data: { item: 'A0101', result: 'granted' } }),
    ];
    expect(await post(events)).toMatchObject({ status: 202, answer: { accepted: 6, quarantined: 0 } });

    const findings = (page: CasePage): string[] =>
      page.findings
        .filter(({ supersededAt }) => supersededAt === null)
        .map(({ code, detail }) => `${code} ${detail.kind}`);
    const item = await casePage('U-item', () => true);
    expect(item.verdict.light).toBe('grey');
    expect(item.case.unknownBecause).toBe('unknown-item');
    expect(item.events).toHaveLength(1);
    expect(findings(item)).toEqual(['DQ-7 unknown-item']);
    const limit = await casePage('U-limit', () => true);
    expect(limit.verdict.light).toBe('grey');
    expect(findings(limit)).toEqual(['DQ-4 no-limit']);
    const unknownStep = await casePage('U-step', ({ events: known }) => known.length === 2);
    expect(unknownStep.verdict.light).toBe('green');
    expect(findings(unknownStep)).toEqual(['DQ-8 unknown-step']);
    const order = await casePage('U-order', ({ events: known }) => known.length === 2);
    expect(order.verdict.light).toBe('grey');
    expect(findings(order).map((finding) => finding.slice(0, 4))).toContain('DQ-3');

    // A ruleset that cannot be read keeps the old one in force, and says so.
    workspace.write('ruleset.json', '{ "ruleset": ');
    await until(
      'the failed load in /metrics',
      async () => ((await daemon.metric('mingjian_rules_load_successful')) === 0 ? true : null),
      { withinMs: 20_000 },
    );
    expect((await casePage('U-step', () => true)).verdict.light).toBe('green');
    workspace.write('ruleset.json', MENDED);
    const mended = await casePage('U-item', (page) => page.case.light === 'green');
    expect(findings(mended)).toEqual([]);
    expect(findings(await casePage('U-limit', (page) => page.case.light === 'green'))).toEqual([]);
    const known = await casePage('U-step', (page) => findings(page).length === 0);
    expect(known.verdict.light).toBe('green');

    // An end before the start is mended by its source: the wrong event withdrawn, the right one sent.
    const retracted = event('U-order', 'event.retracted', 1, { data: { retracts: 'U-order/case.decided' } });
    const decided = event('U-order', 'case.decided', 1, {
      id: 'U-order/decided-corrected',
      data: { item: 'A0101', result: 'granted' },
    });
    expect(await post([retracted, decided])).toMatchObject({ status: 202, answer: { accepted: 2 } });
    const corrected = await casePage('U-order', ({ events: all }) => all.length === 4);
    expect(corrected.verdict.light).toBe('green');
    expect(findings(corrected)).toEqual([]);
  });
});
