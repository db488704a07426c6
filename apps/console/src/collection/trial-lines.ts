import { useI18n } from 'vue-i18n';
import { departmentChoices } from '../actions/departments';
import { instant, useTimeTexts } from '../time/texts';
import { useTerms } from '../words/terms';
import type { TriedReading, TriedRecord } from './answers';
import { useProblemText } from './problem-text';

/** One line of what a record means. */
export interface TrialLine {
  text: string;
  /** `event` begins one, `member` belongs to it, `problem` says why there is none, `nothing` that there is nothing. */
  kind: 'event' | 'member' | 'problem' | 'nothing';
  /** Whether the other mapping does not say it. */
  isOnlyHere: boolean;
}

/** A record with its two readings beside each other. */
export interface ComparedRecord {
  place: string;
  now: readonly TrialLine[];
  draft: readonly TrialLine[];
  isDifferent: boolean;
}

/** A line, and of which event of the record it is. */
type Plain = Omit<TrialLine, 'isOnlyHere'> & { event: number };

/** Puts the readings of a record side by side, in the words of the page; times stay as the event says them. */
export function useTrialLines(): (record: TriedRecord) => ComparedRecord {
  const words = useI18n();
  const { t } = words;
  const { full } = useTimeTexts();
  const problemText = useProblemText();
  const { eventName, of, limitText, stepName } = useTerms();
  /** A time of the event in the zone of the hall; one that is none stays as it is. */
  const timeOf = (text: string): string =>
    Number.isNaN(Date.parse(text)) ? text : full(instant(text), true);
  const inWords = (member: string, value: string): string => {
    if (member === 'department') return departmentChoices().find(([code]) => code === value)?.[1] ?? value;
    if (member === 'step') return stepName(value);
    if (member === 'result') return of(words.te(`outcome.${value}`) ? 'outcome' : 'result', value);
    if (member.endsWith('Limit')) return limitText(value);
    return /At$/.test(member) ? timeOf(value) : value;
  };
  const valueOf = (member: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => valueOf(member, one)).join('、');
    if (typeof value === 'boolean') return t(`collection.is.${value}`);
    return typeof value === 'string' ? inWords(member, value) : JSON.stringify(value);
  };
  const linesOf = (reading: TriedReading | undefined): Plain[] => {
    if (reading === undefined) return [{ kind: 'nothing', text: t('collection.trial.notThere'), event: 0 }];
    const { events = [], problem } = reading ?? {};
    const lines = events.flatMap(({ id, type, subject, time, data }, event): Plain[] => [
      { kind: 'event', text: `${eventName(type)} ${subject} ${timeOf(time)}`, event },
      ...Object.entries({ id, ...data }).map(([name, value]): Plain => ({
        kind: 'member',
        text: `${of('eventData', name)}：${valueOf(name, value)}`,
        event,
      })),
    ]);
    if (problem !== undefined) lines.push({ kind: 'problem', text: problemText(problem), event: 0 });
    return lines.length > 0 ? lines : [{ kind: 'nothing', text: t('collection.ignored'), event: 0 }];
  };
  const nameOf = ({ kind, text, event }: Plain): string => `${event} ${kind} ${text}`;
  const against = (lines: readonly Plain[], others: readonly Plain[]): TrialLine[] => {
    const there = new Set(others.map(nameOf));
    return lines.map((line) => ({ kind: line.kind, text: line.text, isOnlyHere: !there.has(nameOf(line)) }));
  };
  return ({ place, now, draft }) => {
    const [before, after] = [linesOf(now), linesOf(draft)];
    const compared = { now: against(before, after), draft: against(after, before) };
    const isDifferent = [...compared.now, ...compared.draft].some(({ isOnlyHere }) => isOnlyHere);
    return { place, ...compared, isDifferent };
  };
}
