import type { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';

/** A version of a row as the department's software writes it; times are seconds since the epoch. */
export interface ExchangeRow {
  no: string;
  version: number;
  acceptedAt: number;
  decidedAt: number | null;
  officer: string;
  /** What the writer's clock showed when the row was made. */
  stamp: number;
}

export interface AtWork {
  seed: number;
  clock: TestClock;
  /** Makes a row visible to readers of the table. */
  put(row: ExchangeRow): Promise<void>;
  /** One run of the feed. */
  poll(): Promise<void>;
  /** The database goes away, or comes back. */
  outage(isAway: boolean): Promise<void>;
}

const STEP_S = 30;
const STEPS = 120;
/** Ten minutes. */
const AWAY = { from: 60, until: 80 };
/** The latest commit, and a clock that is behind by SKEW_S beside one that is ahead: less than the overlap of ten minutes. */
const LATEST_COMMIT_S = 240;
const SKEW_S = 150;

/**
 * An hour of a department's exchange table: new cases, corrections in place and as new versions, rows that become visible
 * up to four minutes after they were stamped, writers whose clocks differ by up to five minutes, and ten minutes in which
 * the database is away while the department works on.
 * @returns the last row of each case: what must be known in the end.
 */
export async function departmentAtWork(work: AtWork): Promise<ExchangeRow[]> {
  const random = randomOf(work.seed);
  const below = (n: number): number => Math.floor(random() * n);
  const waiting: { visibleAt: number; row: ExchangeRow }[] = [];
  const newest = new Map<string, ExchangeRow>();
  const table = new Map<string, ExchangeRow>();
  let second = work.clock.now() / 1000;

  const write = (row: Omit<ExchangeRow, 'stamp'>): void => {
    const whole = { ...row, stamp: second + below(2 * SKEW_S) - SKEW_S };
    newest.set(row.no, whole);
    waiting.push({ visibleAt: second + (random() < 0.3 ? below(LATEST_COMMIT_S) : 0), row: whole });
  };

  for (let step = 0; step < STEPS; step++) {
    if (step === AWAY.from || step === AWAY.until) await work.outage(step === AWAY.from);
    for (let n = below(4); n > 0; n--) {
      const no = `C-${String(newest.size).padStart(4, '0')}`;
      write({ no, version: 1, acceptedAt: second, decidedAt: null, officer: '0417' });
    }
    for (let n = below(4); n > 0 && newest.size > 0; n--) {
      const row = [...newest.values()][below(newest.size)]!;
      const isNewVersion = random() < 0.5;
      write({
        ...row,
        version: row.version + (isNewVersion ? 1 : 0),
        decidedAt: random() < 0.3 ? null : second,
        officer: `0${below(9)}`,
      });
    }
    await appear();
    await work.poll();
    second += STEP_S;
    work.clock.moveTo(second * 1000);
  }
  second += LATEST_COMMIT_S;
  work.clock.moveTo(second * 1000);
  await appear();
  await work.poll();
  const last = new Map<string, ExchangeRow>();
  for (const row of table.values())
    if (row.version >= (last.get(row.no)?.version ?? 0)) last.set(row.no, row);
  return [...last.values()];

  async function appear(): Promise<void> {
    for (const entry of [...waiting].sort((a, b) => a.visibleAt - b.visibleAt)) {
      if (entry.visibleAt > second) continue;
      waiting.splice(waiting.indexOf(entry), 1);
      await work.put(entry.row);
      table.set(`${entry.row.no} ${entry.row.version}`, entry.row);
    }
  }
}

/** What {@link FeedSite.standing} must say of the rows. */
export function standingOf(rows: readonly ExchangeRow[]): string[] {
  const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
  return rows
    .flatMap(({ no, acceptedAt, decidedAt, officer }) => [
      `${no} case.accepted ${at(acceptedAt)} ${officer}`,
      ...(decidedAt === null ? [] : [`${no} case.decided ${at(decidedAt)} ${officer}`]),
    ])
    .sort();
}

/** A time as the table has it: of Shanghai, without an offset. */
export function localTime(seconds: number): string {
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
