import { useI18n } from 'vue-i18n';

/** Clocks that carry a number from the first one on. */
const NUMBERED = new Set(['suspension', 'rating-contact', 'rectification']);
/** The terms that the API's codes have in the language of the page. */
export interface Terms {
  /** Whether a term is known; a code that the page does not know is shown as it is. */
  readonly of: (kind: string, code: string | null | undefined) => string;
  readonly clockName: (clock: string | null) => string;
  readonly stepName: (code: string) => string;
  readonly limitText: (limit: string | null | undefined) => string;
  readonly eventName: (type: string) => string;
  /** What an entry of the ledger records. */
  readonly ledgerName: (kind: string) => string;
  readonly itemName: (of: { itemName?: string | null; itemCode?: string | null }) => string;
  readonly departmentName: (of: { departmentName?: string | null }) => string;
}

export function useTerms(): Terms {
  const words = useI18n();
  const { t } = words;
  const of: Terms['of'] = (kind, code) => {
    if (code === null || code === undefined || code === '') return '—';
    const key = `${kind}.${code}`;
    return words.te(key) || words.te(key, 'zh-CN') ? t(key) : code;
  };
  /** The dots of a type would be steps into the words. */
  const dotted = (kind: string, type: string): string => {
    const key = type.replaceAll('.', '·');
    const name = of(kind, key);
    return name === key ? type : name;
  };
  const stepName = (code: string): string => of('step', code);
  return {
    of,
    stepName,
    /** `suspension#2` is the second 特别程序; `step:review#2` the second run of a step. */
    clockName(clock) {
      if (clock === null || clock === '') return '—';
      const [name = '', run] = clock.split('#');
      // What follows `manual#` is the card, not a count.
      const isAgain = run !== undefined && name !== 'manual' && !(run === '1' && NUMBERED.has(name));
      const again = isAgain ? t('clock.again', { run }) : '';
      const [kind, step] = name.split(':');
      if (step !== undefined)
        return t(kind === 'step' ? 'clock.step' : 'clock.issuance-of-step', { step: stepName(step) }) + again;
      return of('clock', name) + again;
    },
    /** `7wd` is 7 个工作日. */
    limitText(limit) {
      if (limit === null || limit === undefined) return t('limit.none');
      if (limit === 'carried') return t('limit.carried');
      const [, n, unit, atTime] = /^(\d+)(wd|wh|wm|ws|d!|d|h)(@time)?$/.exec(limit) ?? [];
      if (n === undefined || unit === undefined) return limit;
      if (n === '0' && unit === 'wd') return t('limit.sameDay');
      return t(`limit.${unit}`, { n }) + (atTime === undefined ? '' : t('limit.atTime'));
    },
    eventName: (type) => dotted('event', type),
    ledgerName: (kind) => dotted('ledger', kind),
    itemName: ({ itemName, itemCode }) =>
      itemName ?? (itemCode ? t('unnamed.itemCode', { code: itemCode }) : t('unnamed.item')),
    departmentName: ({ departmentName }) => departmentName ?? t('unnamed.department'),
  };
}
