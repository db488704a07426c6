import type { ActEvent, ComplaintRecord, Matter, RatingAppealRecord } from '@mingjian/contracts';
import { complaintAt, foldComplaint, type RuleBook } from '@mingjian/rules';
import {
  actsOfMatters,
  appendActs,
  complaintsAfter,
  insertComplaintsAsNumbered,
  insertRatingAppealsAsNumbered,
  ratingAppealsAfter,
  type ComplaintRow,
  type Queryable,
  type StoreTransaction,
} from '@mingjian/store';
import { rulesOf } from '../../acts/rules-of';
import { complaintRow } from '../../complaints/complaint-work';
import { RatingAppealWork } from '../../ratings/rating-appeal-work';
import { knownSetting } from '../score-evidence';

/** Matters of one look. */
const PAGE = 500;

/** What is known of an act is known from when it was written down: what a feed told later of earlier times was not known. */
function knownActs<T extends { type: string }>(
  events: readonly ActEvent<T>[] | undefined,
  knownAt: number,
): ActEvent<T>[] {
  const all = events ?? [];
  const next = all.findIndex(({ at }) => at > knownAt);
  return next === -1 ? [...all] : all.slice(0, next);
}

/**
 * Writes the complaints that were registered by `knownAt`, folded from the acts written by then, with these acts. Without title and
 * person: no report reads them. @returns how many were left out because the rules know nothing of their policy.
 */
export async function complaintsOfThen(
  live: Queryable,
  into: StoreTransaction,
  book: RuleBook,
  knownAt: number,
): Promise<number> {
  let withoutRules = 0;
  for await (const rows of pagesOf((after) => complaintsAfter(live, after, PAGE))) {
    const acts = await actsOfMatters<ComplaintRecord>(live, 'complaint', idsOf(rows));
    const known: ComplaintRow[] = [];
    for (const { id, department, policy } of rows) {
      const events = knownActs(acts.get(id), knownAt);
      if (events.length === 0) continue;
      const facts = foldComplaint(events);
      const setting = knownSetting(book, facts.registeredAt, department, policy);
      if (setting === null) {
        withoutRules++;
        continue;
      }
      const verdict = complaintAt(facts, setting.policy, setting.calendar, knownAt);
      const row = complaintRow(id, facts, verdict, setting.policy, events.length);
      known.push({ ...row, title: '', person: null });
      await keepActs(into, 'complaint', id, events);
    }
    await insertComplaintsAsNumbered(into, known);
  }
  return withoutRules;
}

/** Writes the appeals against ratings that were filed by `knownAt`, folded from the acts written by then. */
export async function ratingAppealsOfThen(
  live: Queryable,
  into: StoreTransaction,
  book: RuleBook,
  knownAt: number,
): Promise<void> {
  for await (const rows of pagesOf((after) => ratingAppealsAfter(live, after, PAGE))) {
    const acts = await actsOfMatters<RatingAppealRecord>(live, 'rating-appeal', idsOf(rows));
    await insertRatingAppealsAsNumbered(
      into,
      rows.flatMap(({ id, no, department, attempt, filedAt }) => {
        const events = knownActs(acts.get(id), knownAt);
        if (events.length === 0) return [];
        const { document, calendar } = rulesOf(book, filedAt, department);
        const setting = { rules: document.ratingAppeals, calendar };
        const work = new RatingAppealWork({ id, no, department, attempt }, events, setting, 0, false);
        return [work.row(knownAt)];
      }),
    );
  }
}

async function* pagesOf<Row extends { id: number }>(
  load: (after: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let rows = await load(0); rows.length > 0; rows = await load(rows[rows.length - 1]!.id)) yield rows;
}

function idsOf(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}

async function keepActs(
  into: StoreTransaction,
  matter: Matter,
  matterId: number,
  events: readonly ActEvent<ComplaintRecord>[],
): Promise<void> {
  await appendActs(
    into,
    events.map(({ seq, at, actor, act }) => ({
      ...{ matter, matterId, seq, at, actor, act },
      key: `${matter}/${matterId}/${seq}`,
    })),
  );
}
