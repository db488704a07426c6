import { newApiKey } from '@mingjian/runtime';
import { countArrivals, noteContacts, saveFeedMapping } from '@mingjian/store';
import { accepted, at, event, openSite, removeSite, type Site } from '../testing/site';
import { ADMINISTRATOR, OTHER_ADMINISTRATOR } from './testing/administrators';
import { ledgerRowsOf } from './testing/ledger-rows';
import { draftDifference } from './draft-difference';
import type { DraftProblem } from './draft-problem';
import type { DraftRefused } from './draft-refused';
import { documentOf } from './draft-rows';
import type { SourcesImpactResult } from './sources/sources-impact';

/* What this spec guarantees: who may send is decided by two people, who see beforehand whom it would shut out and what those sent. */

const HOUSING = 'urn:dept:420684:housing';
const MARKET = 'urn:dept:420684:market';
const QUIET = 'urn:dept:420684:quiet';

describe('a draft of the register of sources', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    await site.receive(
      event(
        'case.accepted',
        'C-1',
        '2026-09-14T09:58',
        { item: 'A0101', department: 'housing' },
        { source: HOUSING },
      ),
      event('case.accepted', 'C-2', '2026-09-14T09:59', { department: 'market' }, { source: MARKET }),
    );
    await site.store.write((transaction) =>
      noteContacts(transaction, [
        {
          ...{ source: QUIET, department: null },
          ...{ lastReceivedAt: at('2026-07-01T10:00'), lastOccurredAt: at('2026-07-01T10:00') },
        },
      ]),
    );
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const drafts = () => site.monitor.drafts;
  const refused = async (work: Promise<unknown>): Promise<DraftRefused> => {
    try {
      await work;
    } catch (error) {
      return error as DraftRefused;
    }
    throw new Error('it was not refused');
  };
  const begun = () => drafts().create({ kind: 'sources' }, ADMINISTRATOR);
  const edited = async (senders: object) => {
    const draft = await begun();
    const document = { ...documentOf(draft), senders };
    return drafts().save(draft.id, draft.version, { document }, ADMINISTRATOR);
  };
  const problemsOf = ({ problems }: { problems: string }) => JSON.parse(problems) as DraftProblem[];
  const said = (draft: { problems: string }) =>
    problemsOf(draft).map(({ severity, code, path, got }) => [severity, code, path.join('.'), got]);
  const submit = (draft: { id: number; version: number }) =>
    drafts().act(
      draft.id,
      { type: 'submit', version: draft.version, reason: '首次登记', inForceFrom: undefined },
      ADMINISTRATOR,
    );
  const approve = (draft: { id: number; version: number }, who = OTHER_ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'approve', version: draft.version }, who);
  const approved = async (senders: object) => approve(await submit(await edited(senders)));
  const impactOf = async (id: number): Promise<SourcesImpactResult> => {
    await drafts().startImpact(id, 30, ADMINISTRATOR);
    await drafts().impacts.settled();
    const impact = await drafts().impact(id);
    expect(impact!.state).toBe('done');
    return JSON.parse(impact!.result) as SourcesImpactResult;
  };
  const BOTH = {
    [HOUSING]: { department: 'housing', title: '审批系统' },
    [MARKET]: { department: 'market' },
  };

  it('begins with everybody who was ever heard of; whose department nobody said is to be filled in', async () => {
    const draft = await begun();
    expect(documentOf(draft)).toEqual({
      ...{ sources: 'site', version: '2026-09-14' },
      senders: { [HOUSING]: { department: 'housing' }, [MARKET]: { department: 'market' }, [QUIET]: {} },
    });
    expect(said(draft)).toEqual([['error', 'schema', `senders.${QUIET}.department`, '空']]);
    expect(problemsOf(draft)[0]!.field).toBe(`来源 ${QUIET} › 部门`);
    expect((await refused(submit(draft))).reason).toBe('has-errors');
    expect(draftDifference(draft).fields.map(({ field }) => field)).toContain(`来源 ${HOUSING}`);
  });

  it('is in force once a second person approved it; the next one begins with what it says', async () => {
    const draft = await submit(await edited(BOTH));
    expect((await refused(approve(draft, ADMINISTRATOR))).reason).toBe('own-draft');
    await approve(draft);
    const next = await begun();
    expect(documentOf(next)).toMatchObject({ version: '2026-09-14.2', senders: BOTH });
    expect(next.baseVersion).toBe('2026-09-14');
    expect((await refused(submit(next))).reason).toBe('nothing-changed');
    const rows = await ledgerRowsOf(site.store, 'rules');
    expect(rows.map(({ kind }) => kind)).toEqual(['rules.draft-submitted', 'rules.draft-approved']);
    expect(rows.map(({ body }) => body).join()).not.toContain('审批系统');
  });

  it('is refused where another one was approved in the meantime, also where both were the first', async () => {
    const [one, other] = [await submit(await edited(BOTH)), await submit(await edited(BOTH))];
    await approve(one);
    expect((await refused(approve(other))).reason).toBe('base-moved');
  });

  it('is taken back to the one before it; the first had none before it', async () => {
    const first = await approved(BOTH);
    const second = await approved({ [HOUSING]: { department: 'housing' } });
    const revert = await drafts().create({ revertOf: second.id }, ADMINISTRATOR);
    expect(documentOf(revert)).toMatchObject({ version: '2026-09-14.3', senders: BOTH });
    await approve(await submit(revert));
    expect((await drafts().book()).sources?.parsed.senders).toMatchObject(BOTH);
    const refusal = await refused(drafts().create({ revertOf: first.id }, ADMINISTRATOR));
    expect(refusal.reason).toBe('unknown-version');
  });

  it('refuses unknown departments, and warns of who would be shut out and of departments that nobody sends for', async () => {
    expect(said(await edited({ [MARKET]: { department: 'harbour' } }))).toEqual([
      ['error', 'unknown-department', `senders.${MARKET}.department`, '"harbour"'],
      // Who sent nothing for thirty days is missed by nobody.
      ['warning', 'source-left-out', 'senders', `没有 ${HOUSING}`],
      ['warning', 'department-without-source', 'senders', '没有住房和城乡建设局（housing）的来源'],
    ]);
    expect(said(await edited(BOTH))).toEqual([]);
  });

  it('tells a source that this site reads by itself from one that would be refused', async () => {
    const told = { kind: 'table', mapping: 'exchange', document: '{}', digest: '', origin: 'file' as const };
    await site.store.write((transaction) =>
      saveFeedMapping(transaction, {
        ...{ ...told, feed: 'housing-table', source: HOUSING, draftId: null, toldAt: site.clock.now() },
      }),
    );
    expect(said(await edited({ [MARKET]: { department: 'housing' } }))).toEqual([
      ['warning', 'feed-unregistered', 'senders', `没有 ${HOUSING}（接入 housing-table）`],
    ]);
  });

  it.each([
    ['no sender at all', {}, ['senders'], '至少一个来源'],
    ['a name that is no URN', { housing: { department: 'housing' } }, ['senders', 'housing'], '来源名称'],
    [
      'a key beside the department',
      { [HOUSING]: { department: 'housing', key: 'x' } },
      ['senders', HOUSING],
      '没有未知的字段',
    ],
  ])('says in Chinese what is wrong with %s', async (_, senders, path, expected) => {
    const problems = problemsOf(await edited(senders));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', code: 'schema', path });
    expect(problems[0]!.expected).toContain(expected);
  });

  it('keeps no key that somebody pasted into it, and repeats none', async () => {
    const key = newApiKey();
    const draft = await begun();
    const senders = { [HOUSING]: { department: 'housing', note: `密钥 ${key} 请妥善保管` } };
    const document = { ...documentOf(draft), senders };
    const refusal = await refused(drafts().save(draft.id, draft.version, { document }, ADMINISTRATOR));
    expect(refusal.reason).toBe('holds-secret');
    expect(refusal.message).toContain(`来源 ${HOUSING} › 备注`);
    expect(refusal.message).not.toContain(key);
    expect(JSON.stringify(await drafts().read(draft.id))).not.toContain(key);
    expect(site.logged.join('\n')).not.toContain(key);
  });

  it('shows, before there is a register, who would be shut out or counted elsewhere, and what they sent', async () => {
    await site.store.write((transaction) =>
      countArrivals(transaction, [], [{ source: HOUSING, date: '2026-09-11', arrived: 40 }]),
    );
    const draft = await edited({
      [MARKET]: { department: 'housing' },
      'urn:dept:1:new': { department: 'housing' },
    });
    expect((await impactOf(draft.id)).sources).toEqual([
      expect.objectContaining({
        source: HOUSING,
        change: 'refused',
        before: 'housing',
        after: null,
        records: 41,
        dates: 2,
      }),
      expect.objectContaining({
        source: MARKET,
        change: 'moved',
        before: 'market',
        after: 'housing',
        records: 1,
      }),
      expect.objectContaining({
        source: 'urn:dept:1:new',
        change: 'admitted',
        records: 0,
        lastReceivedAt: null,
      }),
      expect.objectContaining({ source: QUIET, change: 'refused', records: 0, dates: 0 }),
    ]);
  });

  it('shows against a register only what changes in it', async () => {
    await approved(BOTH);
    await site.receive(accepted('C-9', '2026-09-14T09:59'));
    const draft = await edited({ [HOUSING]: { department: 'housing' } });
    expect((await impactOf(draft.id)).sources).toEqual([
      expect.objectContaining({
        source: MARKET,
        change: 'refused',
        before: 'market',
        after: null,
        records: 1,
      }),
    ]);
  });
});
