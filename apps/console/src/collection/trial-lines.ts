import { useI18n } from 'vue-i18n';
import { departmentChoices } from '../actions/departments';
import { instant, useTimeTexts } from '../time/texts';
import { useTerms } from '../words/terms';
import type { TriedReading, TriedRecord } from './answers';

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
  const { t, te } = useI18n();
  const { full } = useTimeTexts();
  const { eventName, of, limitText, stepName } = useTerms();
  /** A time of the event in the zone of the hall; one that is none stays as it is. */
  const timeOf = (text: string): string =>
    Number.isNaN(Date.parse(text)) ? text : full(instant(text), true);
  const inWords = (member: string, value: string): string => {
    if (member === 'department') return departmentChoices().find(([code]) => code === value)?.[1] ?? value;
    if (member === 'step') return stepName(value);
    if (member === 'result') return of(te(`outcome.${value}`) ? 'outcome' : 'result', value);
    if (member.endsWith('Limit')) return limitText(value);
    return /At$/.test(member) ? timeOf(value) : value;
  };
  const valueOf = (member: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => valueOf(member, one)).join('、');
    if (typeof value === 'boolean') return t(`collection.is.${value}`);
    return typeof value === 'string' ? inWords(member, value) : JSON.stringify(value);
  };
  const linesOf = (reading: TriedReading): Plain[] => {
    if (reading === null) return [{ kind: 'nothing', text: t('collection.trial.nothing'), event: 0 }];
    if ('problem' in reading) {
      const { field, expected, got, hint } = reading.problem;
      const parts = [field && `${field}：`, expected, got && t('drafts.got', { got }), hint && ` ${hint}`];
      return [{ kind: 'problem', text: parts.filter(Boolean).join(''), event: 0 }];
    }
    if (reading.events.length === 0)
      return [{ kind: 'nothing', text: t('collection.trial.ignored'), event: 0 }];
    return reading.events.flatMap(({ id, type, subject, time, data }, event): Plain[] => {
      const members: [string, unknown][] = [['id', id], ...Object.entries(data ?? {})];
      return [
        { kind: 'event', text: `${eventName(type)} ${subject} ${timeOf(time)}`, event },
        ...members.flatMap(([name, value]): Plain[] =>
          value === undefined || value === null
            ? []
            : [
                {
                  kind: 'member',
                  text: `${of('eventData', name)}：${valueOf(name, value)}`,
                  event,
                },
              ],
        ),
      ];
    });
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
