import type { CaseAbout } from './case-record';

/** What is kept of one filing. */
export interface Filing {
  about: CaseAbout;
  submittedAt: number;
  endedAt: number | null;
  outcome: string | null;
  /** Working time used of the promise when it ended; above 1: over it. 0 where it was never accepted. */
  used: number;
}

/** What filings of one department, item and place have in common: few for a site. */
type Place = Omit<CaseAbout, 'caseNo'>;

/** So many parts: each is sorted by itself, so that a caller may let others have their turn in between. */
const PARTS = 64;

interface Part {
  hash: number[];
  submittedAt: number[];
  /** NaN: not ended. */
  endedAt: number[];
  used: number[];
  place: number[];
  outcome: number[];
  caseNo: string[];
}

/**
 * Filings by applicant, in columns: about 64 bytes each beside the case number, where an object with what it refers to needs
 * several hundred. Of the applicant a hash of 53 bits is kept; two applicants of one department and item are taken for one with a
 * chance of 1 in 18,000 among a million cases.
 */
export class FilingColumns {
  private readonly parts: Part[] = Array.from({ length: PARTS }, () => ({
    ...{ hash: [], submittedAt: [], endedAt: [], used: [], place: [], outcome: [], caseNo: [] },
  }));
  private readonly places: Place[] = [];
  private readonly placeOf = new Map<string, number[]>();
  private readonly outcomes: (string | null)[] = [];

  add(key: string, { about, submittedAt, endedAt, outcome, used }: Filing): void {
    const hash = hashOf(key);
    const part = this.parts[hash % PARTS]!;
    part.hash.push(hash);
    part.submittedAt.push(submittedAt);
    part.endedAt.push(endedAt ?? NaN);
    part.used.push(used);
    part.place.push(this.internPlace(about));
    part.outcome.push(this.internOutcome(outcome));
    part.caseNo.push(about.caseNo);
  }

  /** Filings of applicants who filed more than once, each applicant's in order of submission; part by part. */
  *repeated(): Generator<Filing[][]> {
    for (const part of this.parts) yield this.repeatedIn(part);
  }

  private repeatedIn({ hash, ...part }: Part): Filing[][] {
    const order = hash.map((_, index) => index);
    order.sort(
      (a, b) =>
        hash[a]! - hash[b]! ||
        part.submittedAt[a]! - part.submittedAt[b]! ||
        (part.caseNo[a]! < part.caseNo[b]! ? -1 : 1),
    );
    const groups: Filing[][] = [];
    for (let from = 0; from < order.length;) {
      let to = from + 1;
      while (to < order.length && hash[order[to]!] === hash[order[from]!]) to++;
      if (to - from > 1) groups.push(order.slice(from, to).map((row) => this.filing(part, row)));
      from = to;
    }
    return groups;
  }

  private filing(part: Omit<Part, 'hash'>, row: number): Filing {
    const endedAt = part.endedAt[row]!;
    return {
      about: { ...this.places[part.place[row]!]!, caseNo: part.caseNo[row]! },
      submittedAt: part.submittedAt[row]!,
      endedAt: Number.isNaN(endedAt) ? null : endedAt,
      outcome: this.outcomes[part.outcome[row]!]!,
      used: part.used[row]!,
    };
  }

  private internPlace({ department, item, calendar, settings }: CaseAbout): number {
    const name = JSON.stringify([department, item]);
    let known = this.placeOf.get(name);
    if (known === undefined) this.placeOf.set(name, (known = []));
    for (const index of known) {
      const place = this.places[index]!;
      if (place.calendar === calendar && place.settings === settings) return index;
    }
    known.push(this.places.length);
    this.places.push({ department, item, calendar, settings });
    return this.places.length - 1;
  }

  private internOutcome(outcome: string | null): number {
    const index = this.outcomes.indexOf(outcome);
    return index === -1 ? this.outcomes.push(outcome) - 1 : index;
  }
}

/** 53 bits of two multiplicative hashes over the UTF-16 code units; the same on every run. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
