import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Principal } from '../identity/principal';
import { draftsWaitingFor } from './drafts-waiting';
import { ledgerRowsOf } from './testing/ledger-rows';
import { accepted, at, openSite, removeSite, rulesetText, type Site } from '../testing/site';
import {
  ADMINISTRATOR,
  OTHER_ADMINISTRATOR,
  THIRD_ADMINISTRATOR,
  withPromise,
} from './testing/administrators';
import type { DraftRefusal } from './draft-refused';
import { documentOf } from './draft-rows';

describe('a draft of the rules', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T08:00');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const drafts = () => site.monitor.drafts;
  const refused = async (work: Promise<unknown>): Promise<DraftRefusal> => {
    try {
      await work;
    } catch (error) {
      return (error as { reason: DraftRefusal }).reason;
    }
    throw new Error('it was not refused');
  };
  /** A submitted change of the promise of A0101, by the first administrator. */
  const submitted = async (promise: string, inForceFrom: string) => {
    const begun = await drafts().create({ kind: 'ruleset' }, ADMINISTRATOR);
    const document = withPromise(documentOf(begun), promise);
    const saved = await drafts().save(begun.id, begun.version, { document }, ADMINISTRATOR);
    return drafts().act(
      saved.id,
      { type: 'submit', version: saved.version, reason: '提速', inForceFrom },
      ADMINISTRATOR,
    );
  };
  const approve = (draft: { id: number; version: number }, who = OTHER_ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'approve', version: draft.version }, who);
  const dueOf = async (caseNo: string): Promise<string | undefined> => {
    const [row] = await site.store.query<{ due_at: string }>(
      "SELECT due_at FROM case_file WHERE case_no = ? AND clock = 'promise'",
      [caseNo],
    );
    return row?.due_at;
  };

  it('judges cases accepted from its day on, leaves those before alone, and is taken back the same way', async () => {
    const draft = await approve(await submitted('3wd', '2026-09-16'));
    expect(draft.state).toBe('approved');
    await site.monitor.followRules();
    site.clock.moveTo(at('2026-09-16T10:00'));
    await site.receive(accepted('OLD', '2026-09-15T10:00'), accepted('NEW', '2026-09-16T09:00'));
    // 7 working days after Tuesday 15, 3 after Wednesday 16 September.
    expect(await dueOf('OLD')).toBe('2026-09-24 15:59:59.999');
    expect(await dueOf('NEW')).toBe('2026-09-21 15:59:59.999');

    const revert = await drafts().create({ revertOf: draft.id }, OTHER_ADMINISTRATOR);
    const back = await drafts().act(
      revert.id,
      { type: 'submit', version: revert.version, reason: '恢复', inForceFrom: '2026-09-17' },
      OTHER_ADMINISTRATOR,
    );
    await approve(back, ADMINISTRATOR);
    await site.monitor.followRules();
    site.clock.moveTo(at('2026-09-17T10:00'));
    await site.receive(accepted('BACK', '2026-09-17T09:00'));
    expect(await dueOf('BACK')).toBe('2026-09-28 15:59:59.999');
    expect(await dueOf('NEW')).toBe('2026-09-21 15:59:59.999');
  });

  it('is approved by nobody who wrote, saved or submitted any of it', async () => {
    const begun = await drafts().create({ kind: 'ruleset' }, ADMINISTRATOR);
    const document = withPromise(documentOf(begun), '3wd');
    const saved = await drafts().save(begun.id, begun.version, { document }, OTHER_ADMINISTRATOR);
    const draft = await drafts().act(
      saved.id,
      { type: 'submit', version: saved.version, reason: '提速', inForceFrom: '2026-09-15' },
      OTHER_ADMINISTRATOR,
    );
    expect(await refused(approve(draft, ADMINISTRATOR))).toBe('own-draft');
    expect(await refused(approve(draft, OTHER_ADMINISTRATOR))).toBe('own-draft');
    expect((await approve(draft, THIRD_ADMINISTRATOR)).state).toBe('approved');
  });

  it('is not approved by who is no administrator, whatever way they come', async () => {
    const draft = await submitted('3wd', '2026-09-15');
    expect(await refused(approve(draft, { ...OTHER_ADMINISTRATOR, roles: ['inspector'] }))).toBe('not-yours');
  });

  it('goes back to its author with what is to be changed', async () => {
    const draft = await submitted('3wd', '2026-09-15');
    const back = await drafts().act(
      draft.id,
      { type: 'return', version: draft.version, note: '请说明依据' },
      OTHER_ADMINISTRATOR,
    );
    expect(back).toMatchObject({ state: 'returned', decisionNote: '请说明依据' });
    const again = await drafts().act(
      back.id,
      { type: 'submit', version: back.version, reason: '依市政府文件', inForceFrom: '2026-09-15' },
      ADMINISTRATOR,
    );
    expect((await approve(again)).state).toBe('approved');
  });

  it('is saved by one of two who changed it at once, and the other is told by whom', async () => {
    const begun = await drafts().create({ kind: 'ruleset' }, ADMINISTRATOR);
    const document = withPromise(documentOf(begun), '3wd');
    await drafts().save(begun.id, begun.version, { document }, OTHER_ADMINISTRATOR);
    const late = drafts().save(begun.id, begun.version, { document }, ADMINISTRATOR);
    await expect(late).rejects.toMatchObject({
      reason: 'edited-since',
      more: { version: begun.version + 1, editedBy: { name: OTHER_ADMINISTRATOR.name } },
    });
  });

  it('is saved with its errors, each in Chinese with its place, and not submitted with them', async () => {
    const begun = await drafts().create({ kind: 'ruleset' }, ADMINISTRATOR);
    const document = withPromise(documentOf(begun), '7 days');
    const saved = await drafts().save(begun.id, begun.version, { document }, ADMINISTRATOR);
    expect(JSON.parse(saved.problems)).toEqual([
      expect.objectContaining({
        severity: 'error',
        code: 'schema',
        path: ['items', 'A0101', 'promise'],
        field: '事项 建设工程规划许可证核发（A0101） › 承诺时限',
        expected: '时限，如 7wd（7 个工作日）',
        got: '"7 days"',
      }),
    ]);
    const submit = {
      type: 'submit' as const,
      version: saved.version,
      reason: '提速',
      inForceFrom: '2026-09-15',
    };
    expect(await refused(drafts().act(saved.id, submit, ADMINISTRATOR))).toBe('has-errors');
    const longer = withPromise(documentOf(begun), '30wd');
    const linted = await drafts().save(saved.id, saved.version, { document: longer }, ADMINISTRATOR);
    expect(JSON.parse(linted.problems)).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'promise-over-statutory', got: '30 个工作日' }),
    );
  });

  it('is not submitted for a day gone by, nor approved once its day has gone by', async () => {
    expect(await refused(submitted('3wd', '2026-09-13'))).toBe('in-the-past');
    const draft = await submitted('3wd', '2026-09-15');
    site.clock.moveTo(at('2026-09-16T08:00'));
    expect(await refused(approve(draft))).toBe('in-the-past');
  });

  it('is not submitted where it changes nothing', async () => {
    expect(await refused(submitted('7wd', '2026-09-15'))).toBe('nothing-changed');
  });

  it('is called after what it changes, in the list and for who approves it; what is taken back too', async () => {
    const draft = await approve(await submitted('3wd', '2026-09-15'));
    expect(draft.title).toBe('A0101 承诺时限 7→3 个工作日');
    await site.monitor.followRules();
    const revert = await drafts().create({ revertOf: draft.id }, OTHER_ADMINISTRATOR);
    expect(revert.title).toBe('撤回：A0101 承诺时限 7→3 个工作日');
  });

  it('shows whom it touches when it is submitted, and at once where it takes one back, without anybody asking', async () => {
    await site.receive(accepted('C-1', '2026-09-11T10:00'));
    const draft = await submitted('3wd', '2026-09-14');
    await drafts().impacts.settled();
    const first = (await drafts().impact(draft.id))!;
    expect(first).toMatchObject({ state: 'done', total: 1, draftVersion: draft.version });
    // Nothing was changed since: it is not done twice.
    const recalled = await drafts().act(draft.id, { type: 'recall', version: draft.version }, ADMINISTRATOR);
    const submit = { type: 'submit' as const, reason: '提速', inForceFrom: '2026-09-14' };
    const again = await drafts().act(draft.id, { ...submit, version: recalled.version }, ADMINISTRATOR);
    await drafts().impacts.settled();
    expect((await drafts().impact(draft.id))!.run).toBe(first.run);

    await approve(again);
    await site.monitor.followRules();
    const revert = await drafts().create({ revertOf: draft.id }, OTHER_ADMINISTRATOR);
    await drafts().impacts.settled();
    expect(await drafts().impact(revert.id)).toMatchObject({ state: 'done', total: 1 });
  });

  it('is tried anew at its submission where the last trial was ended before its time', async () => {
    const begun = await drafts().create({ kind: 'ruleset' }, ADMINISTRATOR);
    expect(await drafts().impact(begun.id)).toBeNull();
    const document = withPromise(documentOf(begun), '3wd');
    const saved = await drafts().save(begun.id, begun.version, { document }, ADMINISTRATOR);
    await drafts().startImpact(saved.id, 90, ADMINISTRATOR);
    await drafts().cancelImpact(saved.id, ADMINISTRATOR);
    await drafts().impacts.settled();
    const submit = { type: 'submit' as const, version: saved.version, reason: '提速' };
    await drafts().act(saved.id, { ...submit, inForceFrom: '2026-09-14' }, ADMINISTRATOR);
    await drafts().impacts.settled();
    expect((await drafts().impact(saved.id))!.state).toBe('done');
  });

  it('waits for those who may decide, and goes back to those who wrote it', async () => {
    const waitingFor = (who: Principal) => draftsWaitingFor(site.store, who);
    const none = { count: 0, only: null };
    const draft = await submitted('3wd', '2026-09-15');
    expect(await waitingFor(OTHER_ADMINISTRATOR)).toEqual({
      toDecide: { count: 1, only: draft.id },
      returned: none,
    });
    expect(await waitingFor(ADMINISTRATOR)).toEqual({ toDecide: none, returned: none });
    expect(await waitingFor({ ...OTHER_ADMINISTRATOR, roles: ['inspector'] })).toBeNull();
    await submitted('4wd', '2026-09-15');
    expect((await waitingFor(OTHER_ADMINISTRATOR))!.toDecide).toEqual({ count: 2, only: null });
    const back = { type: 'return' as const, version: draft.version, note: '请说明依据' };
    await drafts().act(draft.id, back, OTHER_ADMINISTRATOR);
    expect((await waitingFor(ADMINISTRATOR))!.returned).toEqual({ count: 1, only: draft.id });
    expect((await waitingFor(THIRD_ADMINISTRATOR))!.returned).toEqual(none);
  });

  it('does not undo what was approved meanwhile: it is brought up to date first, and says where both changed', async () => {
    const mine = await drafts().create({ kind: 'ruleset' }, ADMINISTRATOR);
    const named = structuredClone(documentOf(mine)) as { items: Record<string, object> };
    named.items.B1 = { name: '另一事项', department: 'market', promise: '5wd' };
    const edited = await drafts().save(
      mine.id,
      mine.version,
      { document: withPromise(named, '4wd') },
      ADMINISTRATOR,
    );
    await approve(await submitted('3wd', '2026-09-15'));
    await site.monitor.followRules();
    const submit = { type: 'submit' as const, reason: '新事项', inForceFrom: '2026-09-15' };
    expect(await refused(drafts().act(mine.id, { ...submit, version: edited.version }, ADMINISTRATOR))).toBe(
      'base-moved',
    );
    const rebased = await drafts().act(mine.id, { type: 'rebase', version: edited.version }, ADMINISTRATOR);
    expect(JSON.parse(rebased.problems)).toContainEqual(
      expect.objectContaining({
        code: 'rebase-conflict',
        got: '4 个工作日',
        expected: '现行版本为 3 个工作日',
      }),
    );
    const document = withPromise(documentOf(rebased), '3wd');
    const saved = await drafts().save(mine.id, rebased.version, { document }, ADMINISTRATOR);
    const again = await drafts().act(mine.id, { ...submit, version: saved.version }, ADMINISTRATOR);
    expect((await approve(again)).state).toBe('approved');
    await site.monitor.followRules();
    const { items } = site.monitor.rules.current.book.newest.ruleset;
    expect([items.get('A0101')?.name, items.get('B1')?.name]).toEqual(['建设工程规划许可证核发', '另一事项']);
  });

  it('outlives a restart between its approval and its day', async () => {
    await approve(await submitted('3wd', '2026-09-16'));
    await site.close();
    site = await openSite('2026-09-16T08:00', { dir: site.dir });
    await site.receive(accepted('NEW', '2026-09-16T07:00'));
    expect(await dueOf('NEW')).toBe('2026-09-21 15:59:59.999');
  });

  it('contradicts no file: another day or version is asked for', async () => {
    const file = rulesetText('6wd')
      .replace("version: '1'", "version: '9'")
      .replace('2020-01-01', '2026-09-20');
    const draft = await submitted('3wd', '2026-09-15');
    await approve(draft);
    await site.monitor.followRules();
    writeFileSync(join(site.dir, 'rulesets', 'later.yaml'), file);
    await site.monitor.followRules();
    expect(await refused(submitted('4wd', '2026-09-20'))).toBe('contradicts-file');
  });

  it('may be written into a file as it was approved, and a file that says something else is refused', async () => {
    const draft = await approve(await submitted('3wd', '2026-09-15'));
    await site.monitor.followRules();
    const file = join(site.dir, 'rulesets', 'approved.yaml');
    writeFileSync(file, stringify(documentOf(draft)));
    await site.monitor.followRules();
    expect(site.monitor.rules.isLoadSuccessful).toBe(true);
    expect(site.monitor.rules.current.rulesets).toHaveLength(2);
    writeFileSync(file, stringify(withPromise(documentOf(draft), '4wd')));
    await site.monitor.followRules();
    expect(site.monitor.rules.isLoadSuccessful).toBe(false);
    expect(site.logged.join('\n')).toContain('mingjian draft export --kind ruleset');
    expect(site.monitor.rules.current.rulesets).toHaveLength(2);
  });

  it('stands on the ledger with who submitted and who approved it, by digest and without words', async () => {
    await approve(await submitted('3wd', '2026-09-15'));
    await site.monitor.followRules();
    const rows = await ledgerRowsOf(site.store, 'rules');
    expect(rows.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['rules.draft-submitted', ADMINISTRATOR.id],
      ['rules.draft-approved', OTHER_ADMINISTRATOR.id],
      ['rules.in-force', null],
    ]);
    expect(rows.map(({ body }) => body).join()).not.toContain('提速');
  });
});
