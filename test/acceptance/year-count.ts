import type { ComplaintEvent, StepEvent } from '@mingjian/contracts';

/**
 * The second count of a simulated year: from what was sent alone, by dates as texts, sharing no code with the product. Holidays are
 * typed in from the notices of the State Council for 2025 (国办发明电〔2024〕12号) and 2026 (国办发明电〔2025〕7号).
 */
const OFF = new Set(
  (
    '2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-03 2025-02-04 2025-04-04 2025-05-01 2025-05-02 2025-05-05 ' +
    '2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-06 2025-10-07 2025-10-08 2026-01-01 2026-01-02 2026-02-16 2026-02-17 ' +
    '2026-02-18 2026-02-19 2026-02-20 2026-02-23 2026-04-06 2026-05-01 2026-05-04 2026-05-05 2026-06-19'
  ).split(' '),
);
const WORK = new Set(
  '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09'.split(
    ' ',
  ),
);
const WITHOUT = new Set(['case.withdrawn', 'case.returned', 'case.voided', 'case.not-accepted']);
const KEPT = new Set([
  ...WITHOUT,
  ...['case.accepted', 'case.decided', 'case.forwarded', 'case.suspended', 'case.resumed', 'case.extended'],
  'case.rated',
]);

/** What a month says of a department. */
export interface YearCounts {
  accepted: number;
  decided: number;
  withoutResult: number;
  usedDays: number;
  sameDay: number;
  latePromise: number;
  ratings: number;
  badRatings: number;
  services: number;
}

interface Told {
  at: number;
  date: string;
  type: string;
  department: string | undefined;
  item: string | undefined;
  grade: number | undefined;
  days: number | undefined;
}

export class YearCount {
  private readonly cases = new Map<string, Told[]>();
  private readonly counts = new Map<string, StepEvent>();
  private readonly complaints = new Map<string, ComplaintEvent['data']>();
  private readonly seen = new Set<string>();

  /** @param promises working days promised, by item. */
  constructor(private readonly promises: ReadonlyMap<string, number>) {}

  take(event: StepEvent): void {
    if (event.type === 'service.counted') {
      const before = this.counts.get(event.subject);
      if (before === undefined || Date.parse(event.time) > Date.parse(before.time))
        this.counts.set(event.subject, event);
      return;
    }
    const identity = `${event.source} ${event.id}`;
    if (this.seen.has(identity)) return;
    this.seen.add(identity);
    const { department, item, grade, days } = event.data;
    const isOfCase = department !== undefined && !event.type.startsWith('step.');
    if (!KEPT.has(event.type) && !isOfCase) return;
    const told = {
      at: Date.parse(event.time),
      date: localDate(event.time),
      type: event.type,
      department,
      item,
      grade,
      days,
    };
    const list = this.cases.get(event.subject);
    if (list === undefined) this.cases.set(event.subject, [told]);
    else list.push(told);
  }

  takeComplaint({ source, data }: ComplaintEvent): void {
    this.complaints.set(`${source} ${data.externalNo}`, data);
  }

  get size(): { cases: number; complaints: number; services: number } {
    const services = [...this.counts.values()].reduce((sum, { data }) => sum + data.count!, 0);
    return { cases: this.cases.size, complaints: this.complaints.size, services };
  }

  /** By department. */
  month(month: string): Map<string, YearCounts> {
    const counts = new Map<string, YearCounts>();
    for (const list of this.cases.values()) this.countCase(list, month, counts);
    for (const { data } of this.counts.values())
      if (data.date!.startsWith(month)) of(counts, data.department!).services += data.count!;
    return counts;
  }

  /** 投诉 registered in the month, by kind. */
  complaintsOf(month: string): Record<string, { registered: number; valid: number }> {
    const kinds: Record<string, { registered: number; valid: number }> = {};
    for (const { kind, registeredAt, verdict } of this.complaints.values()) {
      if (!localDate(registeredAt).startsWith(month)) continue;
      const count = (kinds[kind] ??= { registered: 0, valid: 0 });
      count.registered++;
      if (verdict === 'valid' || verdict === 'partly') count.valid++;
    }
    return kinds;
  }

  private countCase(unsorted: Told[], month: string, counts: Map<string, YearCounts>): void {
    const list = [...unsorted].sort((a, b) => a.at - b.at);
    const department = list.find((one) => one.department !== undefined)?.department;
    if (department === undefined) return;
    const accepted = list.find(({ type }) => type === 'case.accepted');
    const end = list.find(
      ({ type }) => type === 'case.decided' || type === 'case.forwarded' || WITHOUT.has(type),
    );
    if (accepted?.date.startsWith(month)) of(counts, department).accepted++;
    if (end === undefined || !end.date.startsWith(month)) return;
    const count = of(counts, department);
    const ratings = list.filter(({ type }) => type === 'case.rated');
    count.ratings += ratings.length;
    count.badRatings += ratings.filter(({ grade }) => grade! <= 2).length;
    if (WITHOUT.has(end.type)) {
      count.withoutResult++;
      return;
    }
    count.decided++;
    if (accepted === undefined) return;
    let used = workingDays(accepted.date, end.date);
    let promise = this.promises.get(list.find(({ item }) => item !== undefined)?.item ?? '');
    for (const hold of list) {
      if (hold.type === 'case.extended' && hold.at <= end.at && promise !== undefined) promise += hold.days!;
      if (hold.type !== 'case.suspended') continue;
      const resumed = list.find(({ type, at }) => type === 'case.resumed' && at > hold.at);
      used -= workingDays(hold.date, resumed !== undefined && resumed.at < end.at ? resumed.date : end.date);
    }
    count.usedDays += used;
    if (accepted.date === end.date) count.sameDay++;
    // Nothing is due on a day off: what is to be done the same day is still in time on the next working day's eve.
    if (promise !== undefined && used > promise) count.latePromise++;
  }
}

function of(counts: Map<string, YearCounts>, department: string): YearCounts {
  const known = counts.get(department);
  if (known !== undefined) return known;
  const none = {
    ...{ accepted: 0, decided: 0, withoutResult: 0, usedDays: 0, sameDay: 0, latePromise: 0 },
    ...{ ratings: 0, badRatings: 0, services: 0 },
  };
  counts.set(department, none);
  return none;
}

function localDate(time: string): string {
  return new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 10);
}

function workingDays(after: string, upTo: string): number {
  let days = 0;
  for (let at = Date.parse(after) + 86_400_000; at <= Date.parse(upTo); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
    if (WORK.has(date) || (!isWeekend && !OFF.has(date))) days++;
  }
  return days;
}
