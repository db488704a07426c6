/* eslint-disable jest/no-export -- a part of a suite is not itself a test file */
import type { OrderState } from '@mingjian/contracts';
import {
  actByKey,
  actsOf,
  appendActs,
  complaintsForLeads,
  complaintsOfPerson,
  type ComplaintView,
  countLeads,
  countOpenComplaints,
  countOpenOrders,
  dueComplaints,
  dueOrders,
  findComplainant,
  insertComplainant,
  insertComplaint,
  insertOrder,
  listComplaints,
  loadOrder,
  openComplaints,
  rememberOnce,
  RowScope,
  saveComplaint,
  saveOrder,
  type Store,
  type SupervisionOrderRow,
  takeNumber,
} from '../index';
import { AT } from './rows-under-test';

/** Numbers, orders, acts and complaints. Part of the suite of every engine; `open` gives the store of the spec that runs. */
export function checkActs(open: () => Store): void {
  let store: Store;
  beforeEach(() => void (store = open()));

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
    expect(await store.write((tx) => saveComplaint(tx, { ...first, endedAt: AT, version: 2 }, 1))).toBe(true);
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
    await store.write((tx) => appendActs(tx, [{ ...act, act: { type: 'registered' }, key: 'complaint-1' }]));
    expect(await actsOf(store, 'complaint', first.id)).toHaveLength(1);
  });
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
