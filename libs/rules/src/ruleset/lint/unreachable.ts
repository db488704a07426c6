import type { RulesetDocument } from '@mingjian/contracts';
import type { CompiledItem, CompiledRuleset } from '../compile-rules';
import type { LintedClock } from './clocks-of-item';
import { clockAtPath, clockNamed, isImmediate } from './clocks-of-item';
import type { Report } from './lint-finding';

type Item = RulesetDocument['items'][string];

/** Clocks that make a decision late; of what is forwarded another organ decides. */
const DECIDING = ['promise', 'statutory', 'forwarding'] as const;

/** Rules of one item that can do nothing, and limits that it lacks. */
export function lintItemReach(
  item: CompiledItem,
  { items, switches }: RulesetDocument,
  clocks: readonly LintedClock[],
  report: Report,
): void {
  const path = ['items', item.code];
  const written = items[item.code]!;
  if (!item.isEnabled) {
    report(
      'item-not-supervised',
      [...path, 'enabled'],
      `${item.name} is not supervised: its cases are grey`,
      'remove enabled: false when it is to be supervised again',
    );
    return;
  }
  const promise = clockNamed(clocks, 'promise');
  if (item.promise === undefined)
    report(
      'missing-limit',
      path,
      `${item.name} has no promised limit: its cases are grey`,
      'write promise: 7wd, or promise: none where there is none on purpose',
    );
  else if (DECIDING.every((name) => clockNamed(clocks, name) === null))
    report(
      'unsupervised',
      path,
      `${item.name} has neither a promise nor a statutory limit, and none of forwarding: it is never late`,
      'give it one of the two, unless nobody is to watch it',
    );
  const isOverridden = switches.overPromise === 'yellow' && promise?.own.redAfter !== undefined;
  if (isOverridden && promise.own.redAfter !== 'never')
    report(
      'red-after-overridden',
      [...promise.path, 'redAfter'],
      `switches.overPromise: yellow keeps this promise from ever being red: redAfter ${promise.own.redAfter} does nothing`,
      'remove redAfter, or write overPromise: red',
    );
  if (typeof written.forwarding === 'object' && written.class !== 'forwarded')
    report(
      'forwarding-not-forwarded',
      [...path, 'forwarding'],
      `${item.name} is of class ${written.class}: only items of class forwarded are sent to a higher organ`,
      'write class: forwarded, or remove forwarding',
    );
  lintSilence(path, written, clocks, report);
}

/** 超时默许: silence means consent only where a clock can run out, and somebody should see that it did. */
function lintSilence(
  path: readonly string[],
  item: Item,
  clocks: readonly LintedClock[],
  report: Report,
): void {
  const look = (at: readonly string[], name: string, clock: LintedClock | null): void => {
    if (clock === null)
      report(
        'silence-without-limit',
        at,
        `silence would mean consent when ${name} runs out, but it has no limit: it never does`,
        'give it a limit, or remove silence',
      );
    else if (clock.redAfter === null)
      report(
        'silence-never-red',
        at,
        `silence means consent when ${name} runs out, but that is never red: nobody is called to account`,
        'let it turn red, or remove silence',
      );
  };
  if (item.silence !== undefined)
    look([...path, 'silence'], `the ${item.silence.clock} clock`, clockNamed(clocks, item.silence.clock));
  for (const [code, step] of Object.entries(item.steps ?? {})) {
    if (step.silence === undefined) continue;
    const stepPath = [...path, 'steps', code];
    look([...stepPath, 'silence'], `step ${code}`, clockAtPath(clocks, stepPath));
  }
}

/** Rules of classes and of the site that no item takes. `clocks` are those of all supervised items. */
export function lintSharedReach(
  ruleset: CompiledRuleset,
  clocks: readonly LintedClock[],
  report: Report,
): void {
  const { switches, items } = ruleset.document;
  const cutOffApplies = clocks.some(
    ({ name, limit, item }) =>
      name === 'promise' &&
      isImmediate(items[item!]!) &&
      limit !== 'carried' &&
      limit.unit === 'working-day' &&
      limit.amount === 0,
  );
  if (switches.onTheSpotCutOff !== undefined && !cutOffApplies)
    report(
      'cut-off-without-items',
      ['switches', 'onTheSpotCutOff'],
      'no on-the-spot or convenience item has a promise of 0wd: the cut-off applies to none',
      'remove it, or give such an item promise: 0wd',
    );
  lintClasses(ruleset, clocks, report);
  if (switches.recipients.red?.length && !canBeRed(ruleset, clocks))
    reportNeverRed(['switches', 'recipients', 'red'], 'in this ruleset', report);
}

function lintClasses(ruleset: CompiledRuleset, clocks: readonly LintedClock[], report: Report): void {
  const { classes, items } = ruleset.document;
  for (const [name, rule] of Object.entries(classes)) {
    const path = ['classes', name];
    const ofClass = clocks.filter((clock) => items[clock.item!]!.class === name);
    if (ofClass.length === 0) {
      report(
        'class-without-items',
        path,
        `no supervised item is of class ${name}: its lights are those of none`,
        'remove it, or correct the class of an item',
      );
      continue;
    }
    for (const field of ['yellowBefore', 'redAfter', 'issue'] as const) {
      if (rule[field] === undefined || ofClass.some((clock) => takes(ruleset.document, clock, field)))
        continue;
      report(
        'class-rule-overridden',
        [...path, field],
        `every clock of every item of class ${name} has its own ${field}: this one is that of none`,
        'remove it here, or there',
      );
    }
    if (rule.recipients?.red?.length && !canBeRed(ruleset, ofClass))
      reportNeverRed([...path, 'recipients', 'red'], `of class ${name}`, report);
  }
}

/** Whether a clock takes this light from its class. */
function takes(
  { switches }: RulesetDocument,
  { own, name }: LintedClock,
  field: 'yellowBefore' | 'redAfter' | 'issue',
): boolean {
  if (field === 'redAfter' && name === 'promise' && switches.overPromise === 'yellow') return false;
  return own[field] === undefined;
}

/** Suspensions and answers to ratings have lights of the site: they can turn red in any class. */
function canBeRed({ suspension, ratings }: CompiledRuleset, clocks: readonly LintedClock[]): boolean {
  const ofSite = [suspension, ratings.contact, ratings.rectification];
  return [...clocks, ...ofSite].some((clock) => clock !== null && clock.redAfter !== null);
}

function reportNeverRed(path: readonly string[], where: string, report: Report): void {
  report(
    'recipients-without-red',
    path,
    `no clock ${where} can turn red: these recipients are told nothing`,
    'let a clock turn red, or remove them',
  );
}
