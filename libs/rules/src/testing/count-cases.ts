import type { SecondOpinion, SecondReading } from '../second-opinion/second-opinion';
import type { Tally } from './compare-judges';
import type { RandomCase, RandomSite } from './random-cases';

const HOUR = 3_600_000;

/**
 * Counts in how many cases each kind of clock, each phase and light, and each oddity occurs. What nearly no random case
 * has is not proven by any number of them.
 * @param counts is added to; one member for each thing that occurred
 */
export function countingTally(counts: Record<string, number>): Pick<Tally, 'note' | 'see'> {
  let ofCase = new Set<string>();
  const add = (what: string): void => {
    if (ofCase.has(what)) return;
    ofCase.add(what);
    counts[what] = (counts[what] ?? 0) + 1;
  };
  return {
    note: (site, events, reading) => {
      ofCase = new Set();
      oddities(site, events, reading).forEach(add);
    },
    see: (opinion) => thingsSeen(opinion).forEach(add),
  };
}

function oddities({ rulesets }: RandomSite, events: RandomCase['events'], reading: SecondReading): string[] {
  const things: string[] = [];
  const has = (type: string): boolean => events.some((event) => event.type === type);
  const says = (field: string): boolean => events.some(({ data }) => data[field] !== undefined);
  if (has('event.retracted')) things.push('retraction');
  if (events.some(({ occurredAt, receivedAt }) => (receivedAt ?? 0) - occurredAt > HOUR))
    things.push('late event');
  if (says('district') || says('hall') || says('department')) things.push('place of the case');
  if (rulesets.length > 1) things.push('several versions of the rules');
  if (rulesets.some(({ items }) => items.A?.enabled === false)) things.push('item not supervised');
  things.push(`outcome ${reading.outcome ?? 'none'}`);
  return things;
}

function thingsSeen({ light, clocks, clock: governs, open }: SecondOpinion): string[] {
  const things = [`case ${light}`, open ? 'open' : 'closed'];
  if (governs !== null) things.push(`governed by ${kindOf(governs)}`);
  for (const { clock, light: colour, phase } of clocks) {
    const kind = kindOf(clock);
    things.push(`clock ${kind}`, `phase ${phase}`, `${kind} ${colour}`);
    if (phase === 'suspended') things.push(`${kind} suspended`);
    if (kind === 'issuance')
      things.push(clock === 'issuance' ? 'grant by silence' : 'step passed by silence');
    if (Number(clock.split('#')[1] ?? 1) > 1) things.push(`second ${kind}`);
  }
  return things;
}

function kindOf(clock: string): string {
  return clock.split(/[:#]/)[0]!;
}
