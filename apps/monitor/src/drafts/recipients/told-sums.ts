/** How many before and after. */
export interface BeforeAfter {
  before: number;
  after: number;
}

/** What a group of notices comes to: of a department, a person, a channel. */
export interface ToldGroup {
  code: string | null;
  name: string;
  /** Messages: one for each notice, person and channel. */
  told: BeforeAfter;
  /** Notices that nobody is told of. */
  untold: BeforeAfter;
  /** Notices told others, by another channel, or at another time. */
  changed: number;
}

/** A notice that others are told of. Instants are epoch milliseconds. */
export interface ToldExample {
  subject: string;
  department: string | null;
  grade: string;
  at: number;
  before: string[];
  after: string[];
}

/** A template that differs, filled with an example. */
export interface TemplateExample {
  path: string[];
  subject: string;
  before: { subject: string; text: string } | null;
  after: { subject: string; text: string } | null;
}

/** 接收人影响: what came of a run. */
export interface ToldResult {
  notices: number;
  told: BeforeAfter;
  untold: BeforeAfter;
  changed: number;
  /** Of these at another time only. */
  retimed: number;
  byDepartment: ToldGroup[];
  byPerson: ToldGroup[];
  byChannel: ToldGroup[];
  examples: ToldExample[];
  templates: TemplateExample[];
}

/** One message of a notice. */
export interface Message {
  recipient: string;
  name: string;
  channel: string;
  deliverAt: number;
}

/** How many notices are kept as examples. */
const MOST_EXAMPLES = 10;

/** Adds up who is told of notices by one document and by another. */
export class ToldSums {
  private readonly sum = {
    notices: 0,
    told: { before: 0, after: 0 },
    untold: { before: 0, after: 0 },
    changed: 0,
    retimed: 0,
  };
  private readonly departments = new Map<string | null, ToldGroup>();
  private readonly people = new Map<string | null, ToldGroup>();
  private readonly channels = new Map<string | null, ToldGroup>();
  private readonly examples: ToldExample[] = [];

  add(
    notice: Pick<ToldExample, 'subject' | 'department' | 'grade' | 'at'>,
    before: readonly Message[],
    after: readonly Message[],
  ): void {
    const changed = new Set([...notIn(before, after), ...notIn(after, before)]);
    const retimed = changed.size === 0 && isRetimed(before, after);
    const isChanged = changed.size > 0 || retimed;
    this.sum.notices++;
    count(this.sum, before, after, isChanged);
    if (retimed) this.sum.retimed++;
    count(groupIn(this.departments, notice.department, ''), before, after, isChanged);
    for (const message of unique([...before, ...after], ({ recipient }) => recipient)) {
      const of = (list: readonly Message[]): Message[] =>
        list.filter(({ recipient }) => recipient === message.recipient);
      const group = groupIn(this.people, message.recipient, message.name);
      countMessages(group, of(before), of(after));
      if (
        isRetimed(of(before), of(after)) ||
        notIn(of(before), of(after)).length > 0 ||
        of(before).length === 0
      )
        group.changed++;
    }
    for (const { channel } of unique([...before, ...after], (one) => one.channel)) {
      const of = (list: readonly Message[]): Message[] => list.filter((one) => one.channel === channel);
      const group = groupIn(this.channels, channel, channel);
      countMessages(group, of(before), of(after));
      if (of(before).length !== of(after).length) group.changed++;
    }
    if (changed.size > 0 && this.examples.length < MOST_EXAMPLES)
      this.examples.push({ ...notice, before: before.map(wordsOf), after: after.map(wordsOf) });
  }

  result(templates: TemplateExample[]): ToldResult {
    return {
      ...this.sum,
      byDepartment: sorted(this.departments),
      byPerson: sorted(this.people),
      byChannel: sorted(this.channels),
      examples: this.examples,
      templates,
    };
  }
}

const keyOf = ({ recipient, channel }: Message): string => JSON.stringify([recipient, channel]);
const wordsOf = ({ name, channel }: Message): string => `${name} ${channel}`;

function notIn(these: readonly Message[], those: readonly Message[]): string[] {
  const known = new Set(those.map(keyOf));
  return these.map(keyOf).filter((key) => !known.has(key));
}

/** Whether somebody hears of it on the same channel at another time. */
function isRetimed(before: readonly Message[], after: readonly Message[]): boolean {
  const times = new Map(before.map((one) => [keyOf(one), one.deliverAt]));
  return after.some((one) => times.has(keyOf(one)) && times.get(keyOf(one)) !== one.deliverAt);
}

function count(
  sum: Pick<ToldGroup, 'told' | 'untold' | 'changed'>,
  before: readonly Message[],
  after: readonly Message[],
  isChanged: boolean,
): void {
  countMessages(sum, before, after);
  if (before.length === 0) sum.untold.before++;
  if (after.length === 0) sum.untold.after++;
  if (isChanged) sum.changed++;
}

function countMessages(
  { told }: Pick<ToldGroup, 'told'>,
  before: readonly Message[],
  after: readonly Message[],
): void {
  told.before += before.length;
  told.after += after.length;
}

function unique<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [keyOf(one), one])).values()];
}

function groupIn(groups: Map<string | null, ToldGroup>, code: string | null, name: string): ToldGroup {
  let group = groups.get(code);
  if (group === undefined) {
    group = { code, name, told: { before: 0, after: 0 }, untold: { before: 0, after: 0 }, changed: 0 };
    groups.set(code, group);
  }
  return group;
}

function sorted(groups: ReadonlyMap<string | null, ToldGroup>): ToldGroup[] {
  return [...groups.values()].sort(
    (a, b) => b.changed - a.changed || ((a.code ?? '') < (b.code ?? '') ? -1 : 1),
  );
}
