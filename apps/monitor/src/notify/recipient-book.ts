import type {
  NoticeGrade,
  NoticeKind,
  Recipient,
  RecipientEntry,
  RecipientsDocument,
} from '@mingjian/contracts';
import { dateTextOf, DAY_MS, timeOfDayMs, type WorkingCalendar } from '@mingjian/rules';

/** Somebody who is told, and in which role. */
export interface Told {
  recipient: string;
  entry: RecipientEntry;
  role: Recipient;
}

/** What decides who is told. */
export interface Addressed {
  kind: NoticeKind;
  grade: NoticeGrade;
  department: string | null;
  post: string | null;
  /** Roles that the ruleset or the notice names; null: as the document says. */
  roles: readonly Recipient[] | null;
}

const BY_GRADE: Readonly<Record<NoticeGrade, readonly Recipient[]>> = {
  info: ['department-head'],
  yellow: ['post', 'department-head'],
  red: ['post', 'department-head', 'supervisor', 'inspection-office'],
};
/** What concerns the supervision itself is told those who run it. */
const OF_SYSTEM: readonly Recipient[] = ['inspection-office'];
/** What is later than this is late: the daemon or the channel was down when it should have been told. */
const LATE_MS = 30 * 60_000;
/** A chain of deputies longer than this is a circle. */
const MOST_DEPUTIES = 8;

/** Who is told of what and when, from one recipients document. Pure: time and calendars come from outside. */
export class RecipientBook {
  constructor(
    readonly document: RecipientsDocument,
    private readonly calendars: ReadonlyMap<string, WorkingCalendar>,
    private readonly siteCalendar: WorkingCalendar,
  ) {}

  /** The working calendar of somebody. */
  calendarOf(entry: RecipientEntry): WorkingCalendar {
    return (
      (entry.calendar === undefined ? undefined : this.calendars.get(entry.calendar)) ?? this.siteCalendar
    );
  }

  /** Everybody who is told, each once, in the order of the roles. Who is away is stood in for by his deputy. */
  tell(notice: Addressed, at: number): Told[] {
    const roles = notice.roles ?? this.rolesOf(notice);
    const told = new Map<string, Told>();
    for (const role of roles)
      for (const id of this.holdersOf(role, notice)) {
        const recipient = this.presentOf(id, at);
        const entry = this.document.people[recipient];
        if (entry !== undefined && !told.has(recipient)) told.set(recipient, { recipient, entry, role });
      }
    return [...told.values()];
  }

  /** The role that is told when nobody of this one acknowledges; null: there is none above. */
  roleAbove(role: Recipient): Recipient | null {
    const { ladder } = this.document;
    const index = ladder.indexOf(role);
    return index === -1 ? null : (ladder[index + 1] ?? null);
  }

  /**
   * The next role above that has somebody to tell who is not one of `silent`, whom the same was told already: a role that nobody
   * holds, or only they, is passed over. Null: there is none.
   */
  nextAbove(role: Recipient, notice: Addressed, silent: ReadonlySet<string>, at: number): Recipient | null {
    for (let above = this.roleAbove(role); above !== null; above = this.roleAbove(above))
      if (this.tell({ ...notice, roles: [above] }, at).some(({ recipient }) => !silent.has(recipient)))
        return above;
    return null;
  }

  /** When a notice may reach somebody: at once, at his daily time, or at the next opening of his calendar. */
  deliverAt(entry: RecipientEntry, grade: NoticeGrade, now: number): number {
    const calendar = this.calendarOf(entry);
    const when = entry.when[grade] ?? 'immediate';
    const isQuiet = this.hasQuiet(entry, grade);
    if (when === 'immediate') return isQuiet ? calendar.openAtOrAfter(now) : now;
    const time = timeOfDayMs(when.dailyAt);
    for (let day = calendar.dayOf(now); ; day++) {
      if (isQuiet && !calendar.isWorkingDay(day)) continue;
      const at = calendar.zone.toInstant(day * DAY_MS + time);
      if (at >= now) return at;
    }
  }

  /**
   * When what was to be told at `plannedAt` may reach somebody who has not been told by `now`: at once, or where it is late by more
   * than half an hour at the next opening of his hours, so that nobody is woken at night by what was due in the morning.
   */
  reachAt(entry: RecipientEntry, grade: NoticeGrade, plannedAt: number, now: number): number {
    return this.isLate(plannedAt, now) && this.hasQuiet(entry, grade)
      ? this.calendarOf(entry).openAtOrAfter(now)
      : now;
  }

  /** Whether what was to be told at `plannedAt` is late. */
  isLate(plannedAt: number, now: number): boolean {
    return now - plannedAt > LATE_MS;
  }

  /** Ids of those who sign in with the account. */
  recipientsOf(account: string): string[] {
    return Object.entries(this.document.people)
      .filter(([id, entry]) => (entry.account ?? id) === account)
      .map(([id]) => id);
  }

  /** Whether a grade waits for somebody's opening hours. */
  private hasQuiet(entry: RecipientEntry, grade: NoticeGrade): boolean {
    const breaksQuiet = grade === 'red' && (entry.redBreaksQuiet ?? this.document.redBreaksQuiet);
    return entry.quiet === 'outside-hours' && !breaksQuiet;
  }

  private rolesOf({ kind, grade }: Addressed): readonly Recipient[] {
    return this.document.told[kind]?.[grade] ?? (kind === 'system' ? OF_SYSTEM : BY_GRADE[grade]);
  }

  private holdersOf(role: Recipient, notice: Addressed): string[] {
    const { department, post } = notice;
    const holders = Object.entries(this.document.people).filter(
      ([, entry]) =>
        entry.roles.includes(role) &&
        (entry.kinds?.includes(notice.kind) ?? true) &&
        (entry.departments === undefined || (department !== null && entry.departments.includes(department))),
    );
    if (role !== 'post') return holders.map(([id]) => id);
    // The post that has the case in hand; where nobody holds it by name, all posts of the department.
    const named = holders.filter(([, entry]) => post !== null && entry.posts?.includes(post) === true);
    const general = holders.filter(([, entry]) => entry.posts === undefined);
    const rest = general.length > 0 ? general : post === null ? holders : [];
    return (named.length > 0 ? named : rest).map(([id]) => id);
  }

  /** Whoever stands in for somebody on the local day of an instant; himself where he is there or has no deputy. */
  private presentOf(id: string, at: number): string {
    let present = id;
    for (let steps = 0; steps < MOST_DEPUTIES; steps++) {
      const entry = this.document.people[present];
      if (entry === undefined || entry.deputy === undefined || !this.isAbsent(entry, at)) return present;
      present = entry.deputy;
    }
    return id;
  }

  private isAbsent(entry: RecipientEntry, at: number): boolean {
    const today = dateTextOf(this.calendarOf(entry).dayOf(at));
    return entry.absent.some(({ from, through }) => from <= today && today <= through);
  }
}
