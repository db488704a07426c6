import type { BeforeAfter } from '../recipients/told-sums';
import type { RecordOutcome } from './record-outcome';

/** A record in quarantine by the mapping in use and by a draft. */
export interface TriedRecord {
  place: string;
  /** Epoch milliseconds. */
  receivedAt: number;
  before: RecordOutcome;
  after: RecordOutcome;
}

/** Records that are refused for one reason in one field. */
export interface ReasonSum extends BeforeAfter {
  reason: string;
  field: string;
}

/** 映射影响: what came of a run. */
export interface MappingImpactResult {
  /** Records that were looked at. */
  records: number;
  accepted: BeforeAfter;
  refused: BeforeAfter;
  /** They mean nothing, and are no fault. */
  ignored: BeforeAfter;
  /** Refused by the mapping in use, accepted by the draft; and the other way round. */
  newlyAccepted: number;
  newlyRefused: number;
  /** Accepted by both as other events, or otherwise come to something else. */
  otherwise: number;
  /** Text that is cut or no record at all: no mapping reads it. */
  unreadable: number;
  byReason: ReasonSum[];
  examples: TriedRecord[];
}

/** How many records of each kind of change are kept as examples. */
const MOST_EXAMPLES = 5;
const MOST_REASONS = 50;

type Change = 'accepted' | 'refused' | 'otherwise';

/** Adds up what records come to by one mapping and by another. */
export class MappingSums {
  private readonly sum = {
    records: 0,
    accepted: { before: 0, after: 0 },
    refused: { before: 0, after: 0 },
    ignored: { before: 0, after: 0 },
    newlyAccepted: 0,
    newlyRefused: 0,
    otherwise: 0,
    unreadable: 0,
  };
  private readonly reasons = new Map<string, ReasonSum>();
  private readonly examples: Record<Change, TriedRecord[]> = { accepted: [], refused: [], otherwise: [] };

  unreadable(): void {
    this.sum.records++;
    this.sum.unreadable++;
  }

  add(record: TriedRecord): void {
    this.sum.records++;
    this.count(record.before, 'before');
    this.count(record.after, 'after');
    const change = changeOf(record);
    if (change === null) return;
    if (change === 'accepted') this.sum.newlyAccepted++;
    else if (change === 'refused') this.sum.newlyRefused++;
    else this.sum.otherwise++;
    if (this.examples[change].length < MOST_EXAMPLES) this.examples[change].push(record);
  }

  get result(): MappingImpactResult {
    const { accepted, refused, otherwise } = this.examples;
    const byReason = [...this.reasons.values()].sort(
      (a, b) => b.before + b.after - (a.before + a.after) || (a.field < b.field ? -1 : 1),
    );
    return {
      ...this.sum,
      byReason: byReason.slice(0, MOST_REASONS),
      examples: [...accepted, ...refused, ...otherwise],
    };
  }

  private count(outcome: RecordOutcome, side: keyof BeforeAfter): void {
    this.sum[standingOf(outcome)][side]++;
    if (outcome === null || 'events' in outcome) return;
    const { reason, field } = outcome.problem;
    const key = JSON.stringify([reason, field]);
    const sum = this.reasons.get(key) ?? { reason, field, before: 0, after: 0 };
    sum[side]++;
    this.reasons.set(key, sum);
  }
}

function standingOf(outcome: RecordOutcome): 'accepted' | 'refused' | 'ignored' {
  if (outcome === null) return 'ignored';
  return 'events' in outcome ? 'accepted' : 'refused';
}

function changeOf({ before, after }: TriedRecord): Change | null {
  const [from, to] = [standingOf(before), standingOf(after)];
  if (from !== to) return to === 'ignored' ? 'otherwise' : to;
  const isSame = from !== 'accepted' || JSON.stringify(before) === JSON.stringify(after);
  return isSame ? null : 'otherwise';
}
