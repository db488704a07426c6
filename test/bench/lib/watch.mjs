import { setTimeout as pause } from 'node:timers/promises';

/** How many records of the topic the store has taken, as it remembers it in the transaction that takes them. */
export async function taken(connection) {
  const [[row]] = await connection.query(
    "SELECT COALESCE(SUM(CAST(value AS UNSIGNED)), 0) AS taken FROM setting WHERE name LIKE 'intake-position/mingjian.step-events/%'",
  );
  return Number(row.taken);
}

/**
 * Waits until the store has taken `all` records.
 * @returns events per second between the first commit that was seen and the last.
 */
export async function untilTaken(connection, all, patienceMs, onFirst = () => undefined) {
  const giveUpAt = performance.now() + patienceMs;
  let first = null;
  for (;;) {
    const count = await taken(connection);
    const at = performance.now();
    if (first === null && count > 0) {
      first = { count, at };
      onFirst();
    }
    if (count >= all) {
      const seconds = (at - first.at) / 1000;
      return { seconds, perSecond: Math.round((all - first.count) / seconds) };
    }
    if (at > giveUpAt) throw new Error(`${count} of ${all} events are taken after ${patienceMs} ms`);
    await pause(20);
  }
}

/**
 * Looks every few milliseconds which light changes another connection can see, that is, which are committed.
 * Ids are handed out before the commit, to several transactions at once: it looks back as far as they may be behind.
 * `onRow(row, seenAt)`; the instant is that at which the question was answered, epoch milliseconds.
 */
export function watchLights(connection, onRow, { lookBack = 300, pauseMs = 3 } = {}) {
  const known = new Set();
  let first = 0;
  let last = null;
  let stopped = false;
  const done = (async () => {
    while (!stopped) {
      if (last === null) {
        const [[row]] = await connection.query('SELECT COALESCE(MAX(id), 0) AS id FROM light_change');
        first = last = Number(row.id);
      }
      const [rows] = await connection.query(
        'SELECT id, case_no, to_light, became_at FROM light_change WHERE id > ? ORDER BY id LIMIT 20000',
        [Math.max(first, last - lookBack)],
      );
      const seenAt = performance.timeOrigin + performance.now();
      for (const row of rows) {
        if (known.has(row.id)) continue;
        known.add(row.id);
        onRow(row, seenAt);
      }
      last = Math.max(last, rows.at(-1)?.id ?? 0);
      if (known.size > 10 * lookBack) for (const id of known) if (id <= last - lookBack) known.delete(id);
      await pause(pauseMs);
    }
  })();
  return async () => {
    stopped = true;
    await done;
  };
}

/** An instant as the database holds it, epoch milliseconds. */
export const instantOf = (text) => Date.parse(`${text.replace(' ', 'T')}Z`);

/** The value below which `share` of the sorted values lie. */
export function quantile(values, share) {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}
