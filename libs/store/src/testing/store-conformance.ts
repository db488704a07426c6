/* eslint-disable jest/no-export -- a suite that each engine's own spec calls is not itself a test file */
import type { OrderState, TimelineEvent } from '@mingjian/contracts';
import {
  addAccount,
  changeAccount,
  countRecoveryCodes,
  endSession,
  endSessionsOf,
  findAccount,
  findAccountByName,
  findCaseFile,
  findSession,
  holdSignInFailure,
  insertSession,
  removeSessionsBefore,
  replaceRecoveryCodes,
  RowScope,
  saveSignInFailure,
  sessionsOf,
  touchSession,
  useRecoveryCode,
  type AccountRow,
  actByKey,
  actsOf,
  insertComplaint,
  insertComplainant,
  listComplaints,
  complaintsOfPerson,
  complaintsForLeads,
  dueComplaints,
  saveComplaint,
  openComplaints,
  countOpenComplaints,
  findComplainant,
  countLeads,
  rememberOnce,
  type ComplaintView,
  appendActs,
  type CaseFileRow,
  countOpenOrders,
  dueOrders,
  insertOrder,
  loadOrder,
  saveOrder,
  type SupervisionOrderRow,
  takeNumber,
  countHeld,
  countQuarantined,
  countWaitingFeedRejects,
  countOpenCases,
  dueCaseNos,
  earliestNextChangeAt,
  endQuarantine,
  findQuarantined,
  heldMeanings,
  insertEvents,
  insertFindings,
  insertLightChanges,
  instantText,
  keepQuarantined,
  lightChangesAfter,
  lightChangesOfCase,
  listContacts,
  listSourceClocks,
  loadActiveFindings,
  loadActiveLightChanges,
  loadCaseFiles,
  loadFeedRejects,
  loadSetting,
  loadTimelines,
  newestLightChangeId,
  nextCaseNos,
  noteContacts,
  noteSourceClock,
  replaceEvents,
  requireShards,
  saveCaseFiles,
  saveFeedRejects,
  saveSetting,
  ShardLostError,
  supersedeFindings,
  supersedeLightChanges,
  takeShards,
  waitingFeedRejects,
  type NewLightChange,
  type Store,
} from '../index';

const AT = Date.parse('2026-09-14T02:00:00.123Z');

/** A store for one spec: `reopen` closes it and opens the same data again. */
export interface StoreUnderTest {
  store: Store;
  reopen(): Promise<Store>;
  /** The differences between the rows' description and the tables; none where the migrations are right. */
  schemaDrift(): Promise<string[]>;
  dispose(): Promise<void>;
}

/** What every engine behind {@link Store} must do. One suite, run on each. */
export function checkStoreConformance(engine: string, open: () => Promise<StoreUnderTest>): void {
  describe(`a store on ${engine}`, () => {
    let test: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      test = await open();
      store = test.store;
    });
    afterEach(() => test.dispose());

    it('has the tables that the rows describe', async () => {
      expect(await test.schemaDrift()).toEqual([]);
    });

    it('keeps instants to the millisecond, whatever the zone of the process', async () => {
      await store.write((tx) => insertEvents(tx, [placed(timelineEvent('C-1', 'e1'))]));
      const [event] = (await loadTimelines(store, ['C-1'])).get('C-1') ?? [];
      expect(event).toEqual(timelineEvent('C-1', 'e1'));
      const [raw] = await store.query<{ occurred_at: string | Date }>('SELECT occurred_at FROM step_event');
      const text =
        raw?.occurred_at instanceof Date ? instantText(raw.occurred_at.getTime()) : raw?.occurred_at;
      expect(text).toBe('2026-09-14 02:00:00.123');
    });

    it('keeps accounts: a name once, changes of one at a time, secrets used once', async () => {
      const zhang = account('1', '张伟');
      expect(await store.write((tx) => addAccount(tx, zhang))).toBe(true);
      expect(await store.write((tx) => addAccount(tx, account('2', '张伟')))).toBe(false);
      expect(await findAccountByName(store, '张伟')).toEqual(zhang);
      expect(await findAccountByName(store, '张伟 ')).toBeNull();
      const change = (roles: string) => store.write((tx) => changeAccount(tx, '1', 1, { roles }));
      // Two who saw the same version: one of them is told.
      const [first, second] = await Promise.all([change('auditor'), change('operator')]);
      expect([first, second].filter((row) => row === null)).toHaveLength(1);
      const kept = first ?? second;
      expect(await findAccount(store, '1')).toEqual({ ...zhang, roles: kept?.roles, version: 2 });
      await store.write((tx) => replaceRecoveryCodes(tx, '1', ['a', 'b']));
      const use = (): Promise<boolean> => store.write((tx) => useRecoveryCode(tx, '1', 'a'));
      expect((await Promise.all([use(), use()])).sort()).toEqual([false, true]);
      expect(await countRecoveryCodes(store, '1')).toBe(1);
    });

    it('keeps sessions: one account ends none of another, an earlier use is no news', async () => {
      const row = (id: string, accountId: string) => ({
        ...{ tokenHash: id.repeat(64), id, accountId, address: '::1', device: '浏览器' },
        ...{ createdAt: AT, lastSeenAt: AT },
      });
      await store.write(async (tx) => {
        for (const [id, accountId] of [
          ['a', '1'],
          ['b', '1'],
          ['c', '2'],
        ] as const)
          await insertSession(tx, row(id, accountId));
        await touchSession(tx, 'a'.repeat(64), AT + 5);
        await touchSession(tx, 'a'.repeat(64), AT + 3);
      });
      expect(await findSession(store, 'a'.repeat(64))).toEqual({ ...row('a', '1'), lastSeenAt: AT + 5 });
      expect((await sessionsOf(store, '1')).map(({ id }) => id)).toEqual(['a', 'b']);
      expect(await store.write((tx) => endSession(tx, '1', 'c'))).toBe(false);
      expect(await store.write((tx) => endSessionsOf(tx, '1', 'a'))).toBe(1);
      expect(await store.write((tx) => removeSessionsBefore(tx, AT - 1, AT))).toBe(1);
      expect(await findSession(store, 'c'.repeat(64))).toBeNull();
      expect(await findSession(store, 'a'.repeat(64))).not.toBeNull();
    });

    it('counts failed attempts of one instant one after the other', async () => {
      const fail = (): Promise<void> =>
        store.write(async (tx) => {
          const held = await holdSignInFailure(tx, 'account:x', AT);
          await saveSignInFailure(tx, { ...held, failures: held.failures + 1, lockedUntil: AT + 1 });
        });
      await Promise.all(Array.from({ length: 8 }, fail));
      expect(await store.write((tx) => holdSignInFailure(tx, 'account:x', AT))).toMatchObject({
        failures: 8,
        lockedUntil: AT + 1,
      });
    });

    it('shows a case to the departments that it is of, and to those that have a light in it', async () => {
      const cases = [
        caseFile('C-1', { department: 'housing' }),
        caseFile('C-2', { department: 'market' }),
        caseFile('C-3', { department: null }),
      ];
      await store.write((tx) => saveCaseFiles(tx, cases));
      await store.write((tx) =>
        insertLightChanges(tx, [{ ...lightChange('C-2', AT), department: 'housing' }]),
      );
      const seenBy = async (scope: RowScope): Promise<string[]> => {
        const found = await Promise.all(
          ['C-1', 'C-2', 'C-3', 'C-4'].map((no) => findCaseFile(store, scope, no)),
        );
        return found.flatMap((row) => row?.caseNo ?? []);
      };
      expect(await seenBy(RowScope.everything)).toEqual(['C-1', 'C-2', 'C-3']);
      expect(await seenBy(RowScope.ofDepartments(['housing']))).toEqual(['C-1', 'C-2']);
      expect(await seenBy(RowScope.ofDepartments(['market', 'tax']))).toEqual(['C-2']);
      expect(await seenBy(RowScope.ofDepartments(["tax') OR (1 = 1"]))).toEqual([]);
      expect(await seenBy(RowScope.ofDepartments([]))).toEqual([]);
    });

    it('gives the numbers of a series and a year without gaps, also to writers that come together', async () => {
      const take = (year: number): Promise<number> =>
        store.write((tx) => takeNumber(tx, 'order', year), [year]);
      expect(await Promise.all([take(2026), take(2026), take(2027), take(2026)])).toEqual(
        expect.arrayContaining([1, 2, 3, 1]),
      );
      await expect(
        store.write(async (tx) => {
          await takeNumber(tx, 'order', 2026);
          throw new Error('refused');
        }),
      ).rejects.toThrow('refused');
      expect(await take(2026)).toBe(4);
    });

    it('writes an order in place of the version that was read, and of no other', async () => {
      const order = await store.write((tx) => insertOrder(tx, supervisionOrder()));
      const save = (state: OrderState, version: number): Promise<boolean> =>
        store.write((tx) => saveOrder(tx, { ...order, state, version: version + 1 }, version));
      expect(await save('awaiting-verification', 1)).toBe(true);
      expect(await save('withdrawn', 1)).toBe(false);
      const housing = RowScope.ofDepartments(['housing']);
      expect(await loadOrder(store, order.id, housing)).toEqual({
        ...order,
        state: 'awaiting-verification',
        version: 2,
      });
      expect(await loadOrder(store, order.id, RowScope.ofDepartments(['market']))).toBeNull();
      expect(await dueOrders(store, AT, 10)).toHaveLength(1);
      expect(await dueOrders(store, AT - 1, 10)).toEqual([]);
      expect(await countOpenOrders(store)).toEqual([
        { state: 'awaiting-verification', light: 'green', count: 1 },
      ]);
    });

    it('does an act once for its key and its place', async () => {
      const act = (seq: number, key: string): Promise<void> =>
        store.write((tx) =>
          appendActs(tx, [
            {
              matter: 'order',
              matterId: 1,
              seq,
              at: AT,
              actor: { id: 'u-1', name: '李监察' },
              act: { type: 'closed' },
              key,
            },
          ]),
        );
      await act(1, 'a');
      await expect(act(2, 'a')).rejects.toThrow();
      await expect(act(1, 'b')).rejects.toThrow();
      expect(await actsOf(store, 'order', 1)).toEqual([
        { seq: 1, at: AT, actor: { id: 'u-1', name: '李监察' }, act: { type: 'closed' } },
      ]);
      expect(await actByKey(store, 'a')).toMatchObject({ matterId: 1, type: 'closed' });
      expect(await actByKey(store, 'c')).toBeNull();
    });

    it('shows complaints to who may see them, and keeps who complained apart', async () => {
      const complaint = {
        policy: 'complaint',
        channel: '12345' as const,
        externalNo: 'W-1',
        kind: 'delay' as const,
        department: 'housing',
        handler: 'market',
        title: '超期未办',
        state: 'handling' as const,
        light: 'red' as const,
        clock: 'handle#1',
        dueAt: AT,
        provisional: false,
        nextChangeAt: AT,
        person: 'ab'.repeat(32),
        realName: true,
        caseNo: 'C-1',
        contradicts: true,
        verdict: null,
        satisfaction: null,
        reopened: 5,
        version: 1,
        registeredAt: AT,
        endedAt: null,
      };
      const [first, again, secret] = await store.write(async (tx) => {
        const one = await insertComplaint(tx, {
          ...complaint,
          no: '投诉〔2026〕1号',
          confidential: false,
          repeatOf: null,
        });
        await insertComplainant(tx, { complaintNo: one.no, sealed: '封' });
        return [
          one,
          await insertComplaint(tx, {
            ...complaint,
            no: '投诉〔2026〕2号',
            confidential: false,
            repeatOf: one.id,
          }),
          await insertComplaint(tx, {
            ...complaint,
            no: '投诉〔2026〕3号',
            confidential: true,
            repeatOf: null,
          }),
        ] as const;
      });
      const seen = async (view: ComplaintView, scope: RowScope): Promise<number[]> =>
        (await listComplaints(store, { limit: 10 }, view, scope)).map(({ id }) => id);
      const [housing, market] = ['housing', 'market'].map((code) => RowScope.ofDepartments([code])) as [
        RowScope,
        RowScope,
      ];
      expect(await seen('office', RowScope.everything)).toEqual([secret.id, again.id, first.id]);
      expect(await seen('observer', RowScope.everything)).toEqual([again.id, first.id]);
      expect(await seen('unit', market)).toEqual([again.id, first.id]);
      expect(await seen('unit', housing)).toEqual([]);
      expect(await listComplaints(store, { matter: first.id, limit: 10 }, 'office', housing)).toHaveLength(2);
      expect(await complaintsOfPerson(store, complaint.person, AT)).toHaveLength(3);
      expect(await complaintsForLeads(store, AT + 1, 5, 'office', housing)).toHaveLength(3);
      expect(await dueComplaints(store, AT - 1, 10)).toEqual([]);
      expect(await dueComplaints(store, AT, 10)).toHaveLength(3);
      expect(await store.write((tx) => saveComplaint(tx, { ...first, endedAt: AT, version: 2 }, 1))).toBe(
        true,
      );
      expect(await store.write((tx) => saveComplaint(tx, { ...first, version: 3 }, 1))).toBe(false);
      expect(await openComplaints(store, 0, 10)).toHaveLength(2);
      expect(await countOpenComplaints(store)).toEqual([{ state: 'handling', light: 'red', count: 2 }]);
      expect(await findComplainant(store, first.no)).toBe('封');
      expect(await findComplainant(store, again.no)).toBeNull();
      const [lead] = await countLeads(store, AT, AT);
      expect(lead).toMatchObject({ department: 'housing', complaints: 2, reopened: 10 });
      const remember = (value: string) => store.write((tx) => rememberOnce(tx, 'once', () => value));
      expect([await remember('a'), await remember('b')]).toEqual(['a', 'a']);
      const act = {
        matter: 'complaint',
        matterId: first.id,
        seq: 1,
        at: AT,
        actor: { id: 'u', name: '李' },
      } as const;
      await store.write((tx) =>
        appendActs(tx, [{ ...act, act: { type: 'registered' }, key: 'complaint-1' }]),
      );
      expect(await actsOf(store, 'complaint', first.id)).toHaveLength(1);
    });

    it('keeps texts of any language and data of any shape', async () => {
      const event = {
        ...timelineEvent('办件-1', 'e1'),
        data: { item: '规划 “许可” 🏗', nested: { a: [1, null] } },
      };
      await store.write((tx) => insertEvents(tx, [placed(event)]));
      expect((await loadTimelines(store, ['办件-1'])).get('办件-1')).toEqual([event]);
    });

    it('keeps long texts whole, many of them in one call', async () => {
      const long = Array.from({ length: 12 }, (_, n) => ({
        ...timelineEvent(`C-${n}`, 'e1'),
        data: { item: 'A0101', remark: '长'.repeat(400_000) },
      }));
      await store.write((tx) => insertEvents(tx, long.map(placed)));
      expect((await loadTimelines(store, ['C-7'])).get('C-7')).toEqual([long[7]]);
    });

    it('tells names apart that differ in case, accent or trailing space, and lists them in one order', async () => {
      const names = ['B', 'a', 'A', 'á', 'a ', '办'];
      await store.write((tx) =>
        insertEvents(
          tx,
          names.map((name) => placed(timelineEvent(name, 'e1'))),
        ),
      );
      expect(await nextCaseNos(store, '', 10)).toEqual(['A', 'B', 'a', 'a ', 'á', '办']);
    });

    it('leaves nothing of a transaction that failed', async () => {
      const failed = store.write(async (tx) => {
        await insertEvents(tx, [placed(timelineEvent('C-1', 'e1'))]);
        throw new Error('half-way');
      });
      await expect(failed).rejects.toThrow('half-way');
      expect(await nextCaseNos(store, '', 10)).toEqual([]);
    });

    it('runs one write after another, and goes on after one that failed', async () => {
      const order: string[] = [];
      const first = store.write(async (tx) => {
        order.push('first begins');
        await tx.query('SELECT 1 AS one');
        order.push('first ends');
      });
      const second = store.write(async () => {
        order.push('second');
        throw new Error('second');
      });
      const third = store.write(async () => void order.push('third'));
      await Promise.allSettled([first, second, third]);
      expect(order).toEqual(['first begins', 'first ends', 'second', 'third']);
    });

    it('shows readers committed rows only', async () => {
      await store.write(async (tx) => {
        await insertEvents(tx, [placed(timelineEvent('C-1', 'e1'))]);
        expect(await nextCaseNos(store, '', 10)).toEqual([]);
        expect(await nextCaseNos(tx, '', 10)).toEqual(['C-1']);
      });
      expect(await nextCaseNos(store, '', 10)).toEqual(['C-1']);
    });

    it('refuses an identity twice, and replaces an event where it is told to', async () => {
      const event = timelineEvent('C-1', 'e1');
      await store.write((tx) => insertEvents(tx, [placed(event)]));
      await expect(store.write((tx) => insertEvents(tx, [placed(event)]))).rejects.toThrow();
      const other = { ...event, occurredAt: AT + 1 };
      await store.write((tx) => replaceEvents(tx, [placed(other)]));
      expect((await loadTimelines(store, ['C-1'])).get('C-1')).toEqual([other]);
    });

    it('writes and reads thousands of rows in one call', async () => {
      const many = Array.from({ length: 5_000 }, (_, n) => timelineEvent(`C-${n}`, 'e1'));
      await store.write((tx) => insertEvents(tx, many.map(placed)));
      const timelines = await loadTimelines(
        store,
        many.map((event) => event.caseNo),
      );
      expect([...timelines.values()].flat()).toHaveLength(5_000);
    });

    it('finds due cases earliest first, in batches, and the earliest of all', async () => {
      expect(await earliestNextChangeAt(store, [0, 1])).toBeNull();
      await store.write((tx) =>
        saveCaseFiles(tx, [
          caseFile('C-late', { nextChangeAt: AT + 3 }),
          caseFile('C-b', { nextChangeAt: AT + 1 }),
          caseFile('C-a', { nextChangeAt: AT + 1 }),
          caseFile('C-never', { nextChangeAt: null }),
          caseFile('C-elsewhere', { shard: 1, nextChangeAt: AT }),
        ]),
      );
      expect(await earliestNextChangeAt(store, [0])).toBe(AT + 1);
      expect(await earliestNextChangeAt(store, [0, 1])).toBe(AT);
      expect(await earliestNextChangeAt(store, [])).toBeNull();
      expect(await dueCaseNos(store, 0, AT, 10)).toEqual([]);
      expect(await dueCaseNos(store, 0, AT + 2, 10)).toEqual(['C-a', 'C-b']);
      expect(await dueCaseNos(store, 0, AT + 3, 1)).toEqual(['C-a']);
      expect(await dueCaseNos(store, 1, AT + 3, 10)).toEqual(['C-elsewhere']);
    });

    it('gives a shard to who takes it last, and lets nobody else write there', async () => {
      const first = await store.write((tx) => takeShards(tx, [0, 1], 'monitor-1', AT));
      await store.write((tx) => requireShards(tx, first, [0, 1]));
      const second = await store.write((tx) => takeShards(tx, [1], 'monitor-2', AT + 1));
      expect(second.get(1)).toBeGreaterThan(first.get(1) ?? Infinity);
      await store.write((tx) => requireShards(tx, first, [0]));
      await store.write((tx) => requireShards(tx, second, [1]));
      const late = store.write((tx) => requireShards(tx, first, [0, 1]));
      await expect(late).rejects.toThrow(new ShardLostError([1]));
      await expect(store.write((tx) => requireShards(tx, second, [0]))).rejects.toThrow(
        'shards 0 were taken',
      );
    });

    it('replaces a case row by its later self and counts open cases', async () => {
      await store.write((tx) => saveCaseFiles(tx, [caseFile('C-1'), caseFile('C-2', { isOpen: false })]));
      await store.write((tx) => saveCaseFiles(tx, [caseFile('C-1', { light: 'red', lightRank: 0 })]));
      expect((await loadCaseFiles(store, ['C-1', 'C-9'])).get('C-1')).toEqual(
        caseFile('C-1', { light: 'red', lightRank: 0 }),
      );
      const counts = await countOpenCases(store);
      expect(counts.map((row) => ({ ...row, count: Number(row.count) }))).toEqual([
        {
          department: 'housing',
          itemClass: 'promised',
          light: 'red',
          clockLights: 'promise=green*1',
          count: 1,
        },
      ]);
    });

    it('supersedes light changes and deletes none', async () => {
      await store.write((tx) => insertLightChanges(tx, [lightChange('C-1', AT), lightChange('C-1', AT + 1)]));
      const [first] = (await loadActiveLightChanges(store, ['C-1'])).get('C-1') ?? [];
      await store.write((tx) => supersedeLightChanges(tx, [first?.id ?? -1], AT + 5, 'late_data'));
      await store.write((tx) => supersedeLightChanges(tx, [first?.id ?? -1], AT + 9, 'rule'));
      expect((await loadActiveLightChanges(store, ['C-1'])).get('C-1')).toHaveLength(1);
      expect((await lightChangesOfCase(store, 'C-1'))[0]).toMatchObject({
        issue: 'confirmed',
        supersededAt: AT + 5,
        supersededBecause: 'late_data',
      });
      expect(await newestLightChangeId(store)).toBe((first?.id ?? 0) + 1);
      expect(await lightChangesAfter(store, first?.id ?? 0, 10)).toHaveLength(1);
    });

    it('supersedes findings and deletes none', async () => {
      await store.write((tx) =>
        insertFindings(tx, [
          {
            caseNo: 'C-1',
            code: 'SUS-5',
            severity: 'warning',
            ref: 'e1',
            at: AT,
            detail: '{}',
            department: null,
            itemCode: null,
            detectedAt: AT,
            supersededAt: null,
          },
        ]),
      );
      const [finding] = (await loadActiveFindings(store, ['C-1'])).get('C-1') ?? [];
      expect(finding).toMatchObject({ code: 'SUS-5', at: AT });
      await store.write((tx) => supersedeFindings(tx, [finding?.id ?? -1], AT + 1));
      expect((await loadActiveFindings(store, ['C-1'])).get('C-1')).toEqual([]);
      expect(await store.query('SELECT id FROM finding')).toHaveLength(1);
    });

    it('keeps a quarantined record once and ends its quarantine once', async () => {
      const record = {
        id: 'q1',
        source: 's',
        feed: 'http',
        place: 'body',
        reason: 'invalid' as const,
        field: 'type',
        expected: 'a type',
        got: '"x"',
        hint: '',
        raw: '{}',
        receivedat: '2026-09-14T10:00:00.123+08:00',
      };
      expect(await store.write((tx) => keepQuarantined(tx, [record, record]))).toBe(1);
      expect(await store.write((tx) => keepQuarantined(tx, [record]))).toBe(0);
      expect(await countHeld(store)).toBe(1);
      expect(await findQuarantined(store, 'q1')).toMatchObject({ receivedAt: AT, state: 'held', raw: '{}' });
      const end = { state: 'released' as const, at: AT + 1, by: 'operator', eventIds: 'e-1, e-2' };
      expect(await store.write((tx) => endQuarantine(tx, 'q1', end))).toBe(true);
      const late = { state: 'discarded' as const, at: AT + 2, by: 'somebody' };
      expect(await store.write((tx) => endQuarantine(tx, 'q1', late))).toBe(false);
      expect(await findQuarantined(store, 'q1')).toMatchObject({
        ...{ state: 'released', releasedAt: AT + 1, endedBy: 'operator', endedWith: 'e-1, e-2' },
      });
      expect(await countHeld(store)).toBe(0);
      expect(await countQuarantined(store)).toEqual({ held: 0, released: 1, resolved: 0, discarded: 0 });
    });

    it('tells which held records have come since, by the event that each would have been', async () => {
      const held = (
        id: string,
        event: string | null,
        reason: 'invalid' | 'identity-conflict' = 'invalid',
      ) => ({
        ...{ id, source: 's', feed: 'http', place: '', reason, field: '', expected: '', got: '', hint: '' },
        ...{ raw: '', receivedat: new Date(AT).toISOString() },
        ...(event === null ? {} : { meant: { subject: 'C-1', id: event } }),
      });
      await store.write(async (tx) => {
        await keepQuarantined(tx, [held('q1', 'e-1'), held('q2', 'e-2'), held('q3', null)]);
        await keepQuarantined(tx, [held('q4', 'e-1', 'identity-conflict')]);
        await insertEvents(tx, [
          placed({ ...timelineEvent('C-1', 'e-1'), source: 's', receivedAt: AT + 1 }),
          placed({ ...timelineEvent('C-1', 'e-2'), source: 's', receivedAt: AT }),
        ]);
      });
      const first = await heldMeanings(store, { receivedAt: 0, id: '' }, 1);
      expect(first).toEqual([{ id: 'q1', source: 's', eventId: 'e-1', receivedAt: AT, arrivedAt: AT + 1 }]);
      expect(await heldMeanings(store, first[0]!, 10)).toMatchObject([{ id: 'q2', arrivedAt: null }]);
    });

    it('remembers what of a feed’s rows lies in quarantine, and which of them wait', async () => {
      const row = { feed: 'f', rowKey: 'k1', rowValues: '["1"]', isWaiting: true, record: '{}' };
      await store.write((tx) =>
        saveFeedRejects(tx, 'f', {
          kept: [
            { ...row, quarantineId: 'a' },
            { ...row, quarantineId: 'b', isWaiting: false },
            { ...row, quarantineId: 'c', rowKey: 'k2' },
          ],
          ended: [],
        }),
      );
      expect([...(await loadFeedRejects(store, 'f', ['k1', 'k3'])).entries()]).toMatchObject([
        ['k1', [{ quarantineId: 'a' }, { quarantineId: 'b', isWaiting: false }]],
      ]);
      expect(await waitingFeedRejects(store, 'f', 'a', 10)).toEqual([
        { ...row, quarantineId: 'c', rowKey: 'k2' },
      ]);
      await store.write((tx) =>
        saveFeedRejects(tx, 'f', { kept: [{ ...row, quarantineId: 'a', isWaiting: false }], ended: ['c'] }),
      );
      expect(await countWaitingFeedRejects(store, 'f')).toBe(0);
      expect(await loadFeedRejects(store, 'other', ['k1'])).toEqual(new Map());
    });

    it('keeps the latest reading of a source’s clock by each way, in whatever order they come', async () => {
      const clock = { source: 's', way: 'table' as const, offsetMs: 180_000, withinMs: 10, measuredAt: AT };
      for (const one of [
        clock,
        { ...clock, offsetMs: -5, measuredAt: AT - 1 },
        { ...clock, way: 'http' as const, withinMs: null },
      ])
        await store.write((tx) => noteSourceClock(tx, one));
      expect(await listSourceClocks(store)).toEqual([{ ...clock, way: 'http', withinMs: null }, clock]);
      await store.write((tx) => noteSourceClock(tx, { ...clock, offsetMs: 7, measuredAt: AT + 1 }));
      expect(await listSourceClocks(store)).toMatchObject([{}, { offsetMs: 7, measuredAt: AT + 1 }]);
    });

    it('remembers settings and the latest sign of life of a source over a restart', async () => {
      await store.write((tx) => saveSetting(tx, 'digest', 'a'));
      await store.write((tx) => saveSetting(tx, 'digest', 'b'));
      await store.write((tx) => saveSetting(tx, 'digest', 'b'));
      const contact = { source: 's', department: 'housing', lastReceivedAt: AT, lastOccurredAt: AT - 5 };
      await store.write((tx) => noteContacts(tx, [contact]));
      await store.write((tx) =>
        noteContacts(tx, [{ ...contact, lastReceivedAt: AT - 9, lastOccurredAt: AT }]),
      );
      store = await test.reopen();
      expect(await loadSetting(store, 'digest')).toBe('b');
      expect(await loadSetting(store, 'none')).toBeNull();
      expect(await listContacts(store)).toMatchObject([{ ...contact, lastOccurredAt: AT }]);
    });
  });
}

function timelineEvent(caseNo: string, id: string): TimelineEvent {
  return {
    source: 'urn:dept:housing',
    id,
    type: 'case.accepted',
    caseNo,
    occurredAt: AT,
    receivedAt: null,
    data: { item: 'A0101' },
  };
}

function placed(event: TimelineEvent): { event: TimelineEvent; partition: number; offset: number } {
  return { event, partition: 1, offset: 7 };
}

function caseFile(caseNo: string, more: Partial<CaseFileRow> = {}): CaseFileRow {
  return {
    caseNo,
    shard: 0,
    itemCode: 'A0101',
    itemClass: 'promised',
    department: 'housing',
    isOpen: true,
    light: 'green',
    stepLight: 'green',
    clock: 'promise',
    dueAt: AT,
    since: null,
    nextChangeAt: AT,
    provisional: false,
    unknownBecause: null,
    rulesetVersion: '1',
    calendarVersion: '1',
    outcome: null,
    acceptedAt: AT,
    findingCount: 0,
    lastEventAt: AT,
    clockLights: 'promise=green*1',
    lightRank: 3,
    urgentAt: AT,
    judgedAt: AT,
    ...more,
  };
}

function lightChange(caseNo: string, becameAt: number): NewLightChange {
  return {
    caseNo,
    clock: 'promise',
    clockKind: 'promise',
    department: 'housing',
    itemCode: 'A0101',
    fromLight: null,
    toLight: 'yellow',
    issue: 'confirmed',
    reason: 'time',
    becameAt,
    detectedAt: becameAt,
    dueAt: null,
    rulesetVersion: '1',
    calendarVersion: '1',
    supersededAt: null,
    supersededBecause: null,
  };
}

function account(id: string, name: string): AccountRow {
  return {
    ...{ id, name, displayName: name, roles: 'inspector', department: null, district: 'east', version: 1 },
    ...{ passwordHash: '$argon2id$…', passwordState: 'one-time', oneTimeUntil: AT, isDisabled: false },
    ...{ totpSealed: null, isTotpConfirmed: false, totpLastStep: 59_000_000 },
    ...{ createdAt: AT, passwordSetAt: AT, lastSignedInAt: null },
  };
}

function supervisionOrder(): Omit<SupervisionOrderRow, 'id'> {
  return {
    no: '督办〔2026〕1号',
    department: 'housing',
    post: null,
    title: '逾期办件督办',
    colour: 'blue',
    state: 'awaiting-reply',
    light: 'green',
    level: null,
    round: 1,
    dueAt: AT + 1,
    provisional: false,
    nextChangeAt: AT,
    version: 1,
    rule: null,
    issuedAt: AT,
    endedAt: null,
  };
}
