import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { BulletinFileRow, BulletinRow, type BulletinFormat, type BulletinKind } from './rows';
import type { Queryable, StoreTransaction } from './store';

const BULLETIN = new TableMap(BulletinRow);
const FILE = new TableMap(BulletinFileRow);
/** Characters of one piece: MySQL's TEXT takes 65,535 bytes. A multiple of four, so that pieces are base64 too. */
const PIECE = 60_000;

/** Begins a bulletin. @returns its id. */
export async function beginBulletin(
  transaction: StoreTransaction,
  row: Pick<BulletinRow, 'kind' | 'period' | 'department' | 'title' | 'actor' | 'actorName' | 'madeAt'>,
): Promise<number> {
  await insertRows(transaction, BULLETIN, [{ ...row, no: null, state: 'making', progress: 0, digest: null }]);
  const [last] = await transaction.query<{ id: number | string }>('SELECT MAX(id) AS id FROM bulletin');
  return Number(last!.id);
}

/** Tells how far a bulletin is made, per cent. */
export async function tellBulletinProgress(
  transaction: StoreTransaction,
  id: number,
  progress: number,
): Promise<void> {
  await transaction.execute("UPDATE bulletin SET progress = ? WHERE id = ? AND state = 'making'", [
    progress,
    id,
  ]);
}

/** A bulletin that could not be made. */
export async function failBulletin(transaction: StoreTransaction, id: number): Promise<void> {
  await transaction.execute("UPDATE bulletin SET state = 'failed' WHERE id = ? AND state = 'making'", [id]);
}

/** Bulletins that a process began and did not live to finish. */
export async function failAbandonedBulletins(transaction: StoreTransaction, before: string): Promise<void> {
  await transaction.execute("UPDATE bulletin SET state = 'failed' WHERE state = 'making' AND made_at < ?", [
    before,
  ]);
}

/** Archives a bulletin with its files. */
export async function finishBulletin(
  transaction: StoreTransaction,
  id: number,
  { no, digest }: { no: string; digest: string },
  files: Readonly<Partial<Record<BulletinFormat, Uint8Array>>>,
): Promise<void> {
  for (const [format, file] of Object.entries(files) as [BulletinFormat, Uint8Array][]) {
    const content = Buffer.from(file).toString('base64');
    const parts = Array.from({ length: Math.ceil(content.length / PIECE) }, (_, part) => ({
      ...{ bulletinId: id, format, part, content: content.slice(part * PIECE, (part + 1) * PIECE) },
    }));
    await insertRows(transaction, FILE, parts);
  }
  await transaction.execute(
    "UPDATE bulletin SET no = ?, digest = ?, state = 'made', progress = 100 WHERE id = ?",
    [no, digest, id],
  );
}

/** The archive, newest first, at most `limit`, of what may be read: those of the offices only by who sees everything. */
export async function listBulletins(
  from: Queryable,
  scope: RowScope,
  filter: { kind?: BulletinKind | undefined; department?: string | undefined; before?: number | undefined },
  limit: number,
): Promise<BulletinRow[]> {
  const { sql, parameters } = scope.condition();
  const conditions = [sql];
  const values: unknown[] = [...parameters];
  for (const [condition, value] of [
    ['kind = ?', filter.kind],
    ['department = ?', filter.department],
    ['id < ?', filter.before],
  ] as const) {
    if (value === undefined) continue;
    conditions.push(condition);
    values.push(value);
  }
  const rows = await from.query<object>(
    `SELECT * FROM bulletin WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`,
    [...values, limit],
  );
  return rows.map((raw) => BULLETIN.decode(raw));
}

/** One bulletin; null where there is none that may be read. */
export async function findBulletin(
  from: Queryable,
  scope: RowScope,
  id: number,
): Promise<BulletinRow | null> {
  const { sql, parameters } = scope.condition();
  const [raw] = await from.query<object>(`SELECT * FROM bulletin WHERE id = ? AND ${sql}`, [
    id,
    ...parameters,
  ]);
  return raw === undefined ? null : BULLETIN.decode(raw);
}

/** A file of a bulletin as it was published; null where it has none of that format. */
export async function bulletinFile(
  from: Queryable,
  id: number,
  format: BulletinFormat,
): Promise<Buffer | null> {
  const rows = await from.query<{ content: string }>(
    'SELECT content FROM bulletin_file WHERE bulletin_id = ? AND format = ? ORDER BY part',
    [id, format],
  );
  return rows.length === 0 ? null : Buffer.concat(rows.map(({ content }) => Buffer.from(content, 'base64')));
}
