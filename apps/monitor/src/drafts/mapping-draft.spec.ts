import { accepted, openSite, removeSite, type Site } from '../testing/site';
import type { Written } from './draft-document';
import { draftDifference } from './draft-difference';
import type { DraftProblem } from './draft-problem';
import type { DraftRefused } from './draft-refused';
import { documentOf } from './draft-rows';
import type { MappingImpactResult } from './mapping/mapping-sums';
import { tryMapping } from './mapping/try-mapping';
import { ADMINISTRATOR, OTHER_ADMINISTRATOR } from './testing/administrators';
import { ledgerRowsOf } from './testing/ledger-rows';
import { EXCHANGE_VIEW, quarantineRows, tellMapping, viewRow } from './testing/told-mappings';

/** The view with one more code of an outcome. */
const withOutcome = (written: Written): Written => ({
  ...written,
  tables: { outcomes: { 1: 'granted', 2: 'refused', 3: 'withdrawn' } },
});
/** The rules of the view, the first of them changed. */
const withFirst = (written: Written, change: object): Written => {
  const [first, ...others] = written.events as object[];
  return { ...written, events: [{ ...first, ...change }, ...others] };
};

/* What this spec guarantees: how records are read changes by two people, and what it would change is seen before. */
describe('a draft of a mapping', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T09:00');
    await tellMapping(site.store, EXCHANGE_VIEW);
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const drafts = () => site.monitor.drafts;
  const begun = (mapping = 'exchange-view', who = ADMINISTRATOR) =>
    drafts().create({ kind: 'mapping', mapping }, who);
  const edited = async (change: (document: Written) => Written, mapping?: string) => {
    const draft = await begun(mapping);
    return drafts().save(draft.id, draft.version, { document: change(documentOf(draft)) }, ADMINISTRATOR);
  };
  const submit = (draft: { id: number; version: number }, who = ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'submit', version: draft.version, reason: '代码表增加一项' }, who);
  const approve = (draft: { id: number; version: number }, who = OTHER_ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'approve', version: draft.version }, who);
  const reasonOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'not refused',
      (error: DraftRefused) => error.reason,
    );
  const problemsOf = (draft: { problems: string }) => JSON.parse(draft.problems) as DraftProblem[];
  const held = async (name = 'exchange-view') => (await drafts().book()).mappings.get(name)?.held;
  const impactOf = async (id: number): Promise<MappingImpactResult> => {
    await drafts().startImpact(id, 30, ADMINISTRATOR);
    await drafts().impacts.settled();
    const impact = (await drafts().impact(id))!;
    expect(impact.state).toBe('done');
    return JSON.parse(impact.result) as MappingImpactResult;
  };

  it('begins with what a collector reads with, holds once a second person approved it, and is taken back the same way', async () => {
    const draft = await edited(withOutcome);
    expect(draft).toMatchObject({ documentId: 'exchange-view', documentVersion: '2', inForceFrom: null });
    expect(problemsOf(draft)).toEqual([]);
    const submitted = await submit(draft);
    expect(await reasonOf(approve(submitted, ADMINISTRATOR))).toBe('own-draft');
    await approve(submitted);
    expect(await held()).toMatchObject({ version: '2', approved: draft.id });
    expect(await begun()).toMatchObject({ baseVersion: '2' });
    const revert = await drafts().create({ revertOf: draft.id }, OTHER_ADMINISTRATOR);
    await approve(await submit(revert, OTHER_ADMINISTRATOR), ADMINISTRATOR);
    expect((await held())?.written).toEqual({ ...EXCHANGE_VIEW, version: '3' });
    const kinds = (await ledgerRowsOf(site.store, 'rules')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'rules.draft-approved')).toHaveLength(2);
  });

  it('may begin a new one, under a name that nobody uses; there is nothing to take that back to', async () => {
    const draft = await begun('market-window');
    expect(documentOf(draft)).toMatchObject({ mapping: 'market-window', zone: 'Asia/Shanghai' });
    expect(problemsOf(draft)).toContainEqual(
      expect.objectContaining({ code: 'schema', field: '数据来源', severity: 'error' }),
    );
    expect(await reasonOf(submit(draft))).toBe('has-errors');
    const document = { ...documentOf(draft), source: 'urn:dept:420684:market' };
    const saved = await drafts().save(draft.id, draft.version, { document }, ADMINISTRATOR);
    expect(problemsOf(saved).map(({ code }) => code)).toEqual(['no-feed']);
    expect(draftDifference(saved).fields).toContainEqual(
      expect.objectContaining({ kind: 'added', field: '规则 › 第 1 项（受理）' }),
    );
    await approve(await submit(saved));
    expect(await held('market-window')).toMatchObject({ approved: draft.id });
    expect(await reasonOf(drafts().create({ revertOf: draft.id }, ADMINISTRATOR))).toBe('unknown-version');
    expect(await reasonOf(begun('step-events'))).toBe('unknown-version');
  });

  it('is made anew from what holds where another was approved since, and keeps its own changes', async () => {
    const draft = await edited((written) => ({ ...written, empty: ['-'] }));
    await approve(await submit(await edited(withOutcome)));
    expect(await reasonOf(submit(draft))).toBe('base-moved');
    const act = { type: 'rebase', version: draft.version } as const;
    const rebased = await drafts().act(draft.id, act, ADMINISTRATOR);
    expect(documentOf(rebased)).toMatchObject({
      version: '3',
      empty: ['-'],
      tables: { outcomes: { 3: 'withdrawn' } },
    });
    expect(await reasonOf(submit(rebased))).toBe('not refused');
  });

  it('shows which rule it changes, and leaves the rules that others changed to them when it is made anew', async () => {
    const draft = await edited((written) => withFirst(written, { once: true }));
    expect(draftDifference(draft).fields.filter(({ isGiven }) => !isGiven)).toEqual([
      expect.objectContaining({ field: '规则 › 第 1 项（受理） › 重复只取一次', before: null, after: '是' }),
    ]);
    const second = (written: Written): Written => {
      const [first, decided] = written.events as object[];
      return { ...written, events: [first, { ...decided, time: '{BJSJ2}' }] };
    };
    await approve(await submit(await edited(second)));
    const rebase = { type: 'rebase', version: draft.version } as const;
    const rebased = await drafts().act(draft.id, rebase, ADMINISTRATOR);
    expect(documentOf(rebased).events).toMatchObject([{ once: true }, { time: '{BJSJ2}' }]);
    expect(problemsOf(rebased).map(({ code }) => code)).toEqual([]);
    const both = await edited((written) => withFirst(written, { time: '{SLSJ3}' }));
    await approve(await submit(rebased));
    const conflicting = await drafts().act(both.id, { type: 'rebase', version: both.version }, ADMINISTRATOR);
    expect(documentOf(conflicting).events).toMatchObject([{ time: '{SLSJ3}' }, { time: '{BJSJ2}' }]);
    expect(problemsOf(conflicting)).toContainEqual(
      expect.objectContaining({ code: 'rebase-conflict', field: '规则 › 第 1 项（受理）' }),
    );
  });

  it('shows a rule that is put in or taken out as that', async () => {
    const rule = { type: 'case.withdrawn', id: '{YWLSH}/withdrawn', subject: '{YWLSH}', time: '{CXSJ}' };
    const added = await edited((written) => {
      const [first, ...others] = written.events as object[];
      return { ...written, events: [first, rule, ...others] };
    });
    const [difference] = draftDifference(added).fields.filter(({ isGiven }) => !isGiven);
    expect(difference).toMatchObject({ kind: 'added', field: '规则 › 第 2 项（撤回）', before: null });
    expect(difference?.after).toContain('事件：撤回；事件编号：{YWLSH}/withdrawn');
    const removed = await edited((written) => ({
      ...written,
      events: (written.events as object[]).slice(1),
    }));
    expect(draftDifference(removed).fields.filter(({ isGiven }) => !isGiven)).toEqual([
      expect.objectContaining({ kind: 'removed', field: '规则 › 第 1 项（受理）', after: null }),
    ]);
  });

  it('is not kept back by a feed that nobody has run for a month', async () => {
    const toldAt = site.clock.now() - 31 * 86_400_000;
    await tellMapping(site.store, { ...EXCHANGE_VIEW, empty: ['无'] }, { feed: 'old-view', toldAt });
    const draft = await submit(await edited(withOutcome));
    await approve(draft);
    expect(draft.state).toBe('submitted');
  });

  it('is not approved while a feed reads a file that says something else than what it was made from', async () => {
    await tellMapping(
      site.store,
      { ...EXCHANGE_VIEW, empty: ['无'] },
      { feed: 'old-view', toldAt: site.clock.now() - 1_000_000_000 },
    );
    expect(await reasonOf(submit(await edited(withOutcome)))).toBe('contradicts-file');
  });

  it('says in Chinese what does not fit, and where', async () => {
    const draft = await edited((written) =>
      withFirst(written, {
        type: 'case.acepted',
        time: { field: 'SLSJ', table: 'times' },
        data: { itm: '{SXBM}' },
      }),
    );
    const problems = problemsOf(draft);
    expect(problems).toContainEqual(
      expect.objectContaining({ field: '规则 › 第 1 项 › 事件', hint: '是否应为 case.accepted' }),
    );
    for (const { field, expected, hint } of problems) {
      expect(field).toMatch(/\p{Script=Han}/u);
      expect(expected).toMatch(/\p{Script=Han}/u);
      expect(hint).not.toMatch(/^(did|they|write|add) /);
    }
    expect(await reasonOf(submit(draft))).toBe('has-errors');
  });

  it('is told what its form does not show: events that can never be, or would be others than before', async () => {
    const changed = await edited((written) => withFirst(written, { id: '{YWLSH}/sl' }));
    expect(problemsOf(changed)).toEqual([
      expect.objectContaining({
        code: 'id-changed',
        severity: 'warning',
        field: '规则 › 第 1 项（受理） › 事件编号',
      }),
    ]);
    const constant = await edited((written) => withFirst(written, { id: 'accepted' }));
    expect(problemsOf(constant).map(({ code }) => code)).toContain('constant-id');
    expect(await reasonOf(submit(constant))).toBe('has-errors');
  });

  it('shows what it makes of the records in quarantine, beside what the mapping in use makes of them', async () => {
    await quarantineRows(site.store, [
      { raw: JSON.stringify(viewRow('H-1', { BJJGDM: '3' })) },
      { raw: JSON.stringify(viewRow('H-2', { SLSJ: '' })), field: 'SLSJ' },
      { raw: JSON.stringify(viewRow('H-3')) },
      { raw: '{"YWLSH":"H-4","SLSJ":"20', reason: 'malformed' },
      // Of another table, of another source, and too long ago.
      { raw: JSON.stringify(viewRow('H-5', { BJJGDM: '3' })), place: 'other-view: v[id=5]' },
      { raw: JSON.stringify(viewRow('H-6', { BJJGDM: '3' })), source: 'urn:dept:420684:market' },
      { raw: JSON.stringify(viewRow('H-7', { BJJGDM: '3' })), receivedat: '2026-01-01T08:00:00Z' },
    ]);
    const draft = await edited((written) =>
      withOutcome(withFirst(written, { time: '{BJSJ}', when: [{ field: 'YWLSH', isNot: 'H-3' }] })),
    );
    const { byReason, examples, ...sums } = await impactOf(draft.id);
    expect(sums).toEqual({
      records: 4,
      accepted: { before: 1, after: 3 },
      refused: { before: 2, after: 0 },
      ignored: { before: 0, after: 0 },
      ...{ newlyAccepted: 2, newlyRefused: 0, otherwise: 1, unreadable: 1 },
    });
    expect(byReason).toEqual([
      { reason: 'unmappable', field: 'BJJGDM', before: 1, after: 0 },
      { reason: 'unmappable', field: 'SLSJ', before: 1, after: 0 },
    ]);
    expect(examples).toContainEqual({
      place: 'housing-view: v_case[id=0]',
      receivedAt: Date.parse('2026-09-13T08:00:00Z'),
      before: {
        problem: {
          ...{ reason: 'unmappable', field: 'BJJGDM', got: '"3"' },
          expected: '代码表中的代码：outcomes (1, 2)',
          hint: '在映射的代码表中补充这个代码',
        },
      },
      after: { events: ['case.accepted', 'case.decided'] },
    });
    const [row] = await site.store.query<{ n: number }>(
      "SELECT COUNT(*) AS n FROM quarantine WHERE state = 'held'",
    );
    expect(row?.n).toBe(7);
  });

  it('shows what it would refuse that is accepted now, and nothing that names a person', async () => {
    await quarantineRows(site.store, [{ raw: JSON.stringify(viewRow('H-1', { applicant: '张伟' })) }]);
    const draft = await edited((written) =>
      withFirst(written, { data: { item: '{SXBM}', applicant: { field: 'applicant' } } }),
    );
    const result = await impactOf(draft.id);
    expect(result).toMatchObject({ newlyAccepted: 0, newlyRefused: 1 });
    expect(result.examples[0]!.after).toMatchObject({ problem: { field: '申请人代号', got: '"张*"' } });
    expect(JSON.stringify(result)).not.toContain('张伟');
  });

  it('holds a new mapping against the quarantine as it is', async () => {
    await quarantineRows(site.store, [
      { raw: JSON.stringify({ no: 'M-1', at: '2026-09-10' }), feed: 'folder' },
    ]);
    const draft = await edited(
      (written) => ({
        ...{ ...written, source: 'urn:dept:420684:housing', times: ['yyyy-MM-dd'] },
        events: [
          { type: 'case.accepted', id: '{no}/a', subject: '{no}', time: '{at}', data: { item: 'A0101' } },
        ],
      }),
      'housing-window',
    );
    expect(await impactOf(draft.id)).toMatchObject({
      records: 1,
      refused: { before: 1, after: 0 },
      newlyAccepted: 1,
    });
  });

  it('is tested and tried although this software cannot read the mapping in use, which a newer collector told', async () => {
    await tellMapping(site.store, { ...EXCHANGE_VIEW, invented: 2036 });
    await quarantineRows(site.store, [
      { raw: JSON.stringify(viewRow('H-1')) },
      { raw: `{"SLSJ":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, reason: 'malformed' },
    ]);
    const draft = await edited(({ invented: _, ...written }) => withOutcome(written));
    expect(await impactOf(draft.id)).toMatchObject({ records: 2, newlyAccepted: 1, unreadable: 1 });
    const trial = { text: JSON.stringify([viewRow('H-1')]), format: 'json' } as const;
    const { sum } = await tryMapping(draft, await drafts().book(), trial, site.clock.now());
    expect(sum).toMatchObject({ now: null, draft: { events: 2 } });
  });

  describe('tried with pasted records', () => {
    const tried = async (
      change: (written: Written) => Written,
      text: string,
      format: 'csv' | 'json' | 'ndjson' | 'xml',
    ) => tryMapping(await edited(change), await drafts().book(), { text, format }, site.clock.now());
    const csv = (...rows: Record<string, string>[]): string =>
      [Object.keys(viewRow('')), ...rows.map((row) => Object.values(row))]
        .map((row) => row.join(','))
        .join('\n');

    it('says of each row of a CSV text what it means now and by the draft', async () => {
      const { records, sum } = await tried(
        withOutcome,
        csv(viewRow('H-1'), viewRow('H-2', { BJJGDM: '3' })),
        'csv',
      );
      expect(records.map(({ place }) => place)).toEqual(['2', '3']);
      expect(records[0]!.now).toEqual(records[0]!.draft);
      expect(records[1]).toMatchObject({
        now: {
          problem: { field: 'BJJGDM', expected: '代码表中的代码：outcomes (1, 2)' },
          events: [{ subject: 'H-2' }],
        },
        draft: {
          events: [{ type: 'case.accepted' }, { type: 'case.decided', data: { result: 'withdrawn' } }],
        },
      });
      expect(sum).toMatchObject({
        records: 2,
        changed: 1,
        now: { events: 3 },
        draft: { events: 4 },
        nowProblems: [],
      });
      const [row] = await site.store.query<{ n: number }>('SELECT COUNT(*) AS n FROM quarantine');
      expect(row?.n).toBe(0);
    });

    it('takes JSON, lines of JSON and XML, also of a mapping of CSV files', async () => {
      const rows = [viewRow('H-1'), viewRow('H-2')];
      const xml = `<ROWS>${rows
        .map(
          (row) =>
            `<ROW>${Object.entries(row)
              .map(([name, text]) => `<${name}>${text}</${name}>`)
              .join('')}</ROW>`,
        )
        .join('')}</ROWS>`;
      const texts = [
        ['json', JSON.stringify(rows)],
        ['ndjson', rows.map((row) => JSON.stringify(row)).join('\n')],
        ['xml', xml],
      ] as const;
      for (const [format, text] of texts) {
        const change = (written: Written): Written => ({
          ...written,
          records: format === 'xml' ? 'ROWS.ROW' : '',
        });
        const { sum } = await tried(change, text, format);
        expect([format, sum.draft.events]).toEqual([format, 4]);
      }
    });

    it('says why the mapping in use cannot read the text at all', async () => {
      const change = (written: Written): Written => ({
        ...written,
        events: [{ type: 'case.accepted', id: '{no}/a', subject: '{no}', time: '{at}' }],
      });
      const { records, sum } = await tried(change, 'no,at\nH-1,2026-09-10 09:00:00\n', 'csv');
      expect(records).toEqual([
        { place: '2', now: null, draft: { events: [expect.objectContaining({ subject: 'H-1' })] } },
      ]);
      expect(sum).toMatchObject({
        now: null,
        nowProblems: expect.arrayContaining([
          expect.objectContaining({ expected: '有这一列：映射读取它' }),
        ]) as unknown,
      });
    });

    it('is refused where there is too much, nothing, what no record can be, or no mapping', async () => {
      const same = (written: Written): Written => written;
      const rows = Array.from({ length: 201 }, (_, n) => viewRow(`H-${n}`));
      expect(await reasonOf(tried(same, csv(...rows), 'csv'))).toBe('too-large');
      expect(await reasonOf(tried(same, csv(...rows.slice(1)), 'csv'))).toBe('not refused');
      expect(await reasonOf(tried(same, `${'办'.repeat(90_000)}`, 'csv'))).toBe('too-large');
      expect(await reasonOf(tried(same, ' \n', 'csv'))).toBe('unreadable-records');
      expect(await reasonOf(tried(same, '['.repeat(100_000) + ']'.repeat(100_000), 'json'))).toBe(
        'unreadable-records',
      );
      expect(await reasonOf(tried(same, '<!DOCTYPE a><a/>', 'xml'))).toBe('unreadable-records');
      expect(await reasonOf(tried((written) => ({ ...written, format: 'pdf' }), 'a', 'csv'))).toBe(
        'has-errors',
      );
      await site.receive(accepted('C-1', '2026-09-14T08:30'));
      const ruleset = await drafts().create({ kind: 'ruleset' }, ADMINISTRATOR);
      const trial = { text: 'a', format: 'csv' } as const;
      expect(await reasonOf(tryMapping(ruleset, await drafts().book(), trial, 0))).toBe('no-trial');
    });
  });
});
