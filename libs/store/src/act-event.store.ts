import type { ActEvent, Actor, Matter } from '@mingjian/contracts';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { ActEventRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const ACT_EVENT = new TableMap(ActEventRow);

/** An act to be appended. */
export interface NewAct {
  matter: Matter;
  matterId: number;
  seq: number;
  at: number;
  actor: Actor;
  act: { readonly type: string };
  /** Unique for ever: see {@link actByKey}. */
  key: string;
}

/** Appends acts. @throws where a place or a key is taken: somebody else acted, or the act was done before. */
export async function appendActs(transaction: StoreTransaction, acts: readonly NewAct[]): Promise<void> {
  await insertRows(
    transaction,
    ACT_EVENT,
    acts.map(({ matter, matterId, seq, at, actor, act, key }) => ({
      matter,
      matterId,
      seq,
      type: act.type,
      at,
      actor: actor.id,
      actorName: actor.name,
      act: JSON.stringify(act),
      actKey: key,
    })),
  );
}

/** The events of one matter, in order. The caller knows which acts a matter has. */
export async function actsOf<T extends { type: string }>(
  from: Queryable,
  matter: Matter,
  matterId: number,
): Promise<ActEvent<T>[]> {
  const rows = await from.query<object>(
    'SELECT * FROM act_event WHERE matter = ? AND matter_id = ? ORDER BY seq',
    [matter, matterId],
  );
  return rows.map((raw) => {
    const row = ACT_EVENT.decode(raw);
    return {
      seq: row.seq,
      at: row.at,
      actor: { id: row.actor, name: row.actorName },
      act: JSON.parse(row.act) as T,
    };
  });
}

/** The events of many matters of one kind, by the id of the matter, each in order. */
export async function actsOfMatters<T extends { type: string }>(
  from: Queryable,
  matter: Matter,
  matterIds: readonly number[],
): Promise<Map<number, ActEvent<T>[]>> {
  const rows = await queryByKeys<object>(
    from,
    'SELECT * FROM act_event WHERE matter = ? AND matter_id IN (?) ORDER BY matter_id, seq',
    matterIds,
    [matter],
  );
  const events = new Map<number, ActEvent<T>[]>();
  for (const row of rows.map((raw) => ACT_EVENT.decode(raw))) {
    const { matterId, seq, at, actor, actorName } = row;
    const event = { seq, at, actor: { id: actor, name: actorName }, act: JSON.parse(row.act) as T };
    const known = events.get(matterId);
    if (known === undefined) events.set(matterId, [event]);
    else known.push(event);
  }
  return events;
}

/** The act that was done under a key; null: none was. */
export async function actByKey(from: Queryable, key: string): Promise<ActEventRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM act_event WHERE act_key = ?', [key]);
  return raw === undefined ? null : ACT_EVENT.decode(raw);
}

/**
 * The next number of a series in a year, from 1 on without gaps: given back when the transaction fails. Transactions that
 * take a number of one series run one after the other.
 */
export async function takeNumber(
  transaction: StoreTransaction,
  series: string,
  year: number,
): Promise<number> {
  const name = `${series}/${year}`;
  const next = (): Promise<number> =>
    transaction.execute('UPDATE yearly_number SET last_number = last_number + 1 WHERE series = ?', [name]);
  // Counting on first: an INSERT IGNORE before it would let two writers share a lock that both then want for themselves.
  if ((await next()) === 0) {
    await transaction.execute(
      `${transaction.dialect.insertIgnore} yearly_number (series, last_number) VALUES (?, 0)`,
      [name],
    );
    await next();
  }
  const [row] = await transaction.query<{ last_number: number }>(
    'SELECT last_number FROM yearly_number WHERE series = ?',
    [name],
  );
  return row!.last_number;
}
