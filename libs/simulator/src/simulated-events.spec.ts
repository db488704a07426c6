import { createHash } from 'node:crypto';
import { BadInputError, StepEvent } from '@mingjian/contracts';
import { byArrival, simulateDay } from './simulate-day';
import { injectedMisconduct, simulatedEvents, type SimulationOptions } from './simulated-events';
import { MISCONDUCT_KINDS } from './misconduct';

const MARCH: SimulationOptions = {
  city: 'fangchenggang',
  seed: 'spec',
  from: '2026-03-02',
  to: '2026-03-29',
};
const march = [...simulatedEvents(MARCH)];

function digest(options: SimulationOptions): string {
  const hash = createHash('sha256');
  for (const simulated of simulatedEvents(options)) hash.update(JSON.stringify(simulated));
  return hash.digest('hex');
}

describe('a simulated city', () => {
  it('lives the same life twice from the same seed, and another one from another seed', () => {
    const week = { ...MARCH, to: '2026-03-08' };
    expect(digest(week)).toBe(digest(week));
    expect(digest({ ...week, seed: 'other' })).not.toBe(digest(week));
  });

  it('makes a day alone exactly as it makes it within a range', () => {
    const alone = simulateDay('fangchenggang', 'spec', '2026-03-11').arrivals;
    const within = march.filter(({ event }) => event.subject.startsWith('450600-20260311-'));
    expect(alone.map(({ event, arrivesAt }) => ({ event, arrivesAt }))).toEqual(within);
  });

  it('sends every event as a valid step event', () => {
    const broken = march.filter(({ event }) => !StepEvent.safeParse(event).success);
    expect(broken).toEqual([]);
  });

  it('delivers in order of arrival and nothing before it happened', () => {
    const arrivals = march.map(({ arrivesAt }) => arrivesAt);
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
    expect(march.filter(({ event, arrivesAt }) => Date.parse(event.time) > arrivesAt)).toEqual([]);
  });

  it('breaks ties of arrival by case and place in the case', () => {
    const day = simulateDay('fangchenggang', 'spec', '2026-03-11').arrivals;
    expect([...day].reverse().sort(byArrival)).toEqual(day);
  });

  it('has about 245 cases on a working day, as the centre it is sized after', () => {
    const cases = new Set(march.map(({ event }) => event.subject));
    expect(cases.size / 20).toBeGreaterThan(230);
    expect(cases.size / 20).toBeLessThan(265);
  });

  it('uses an identity for one content only, though it may send it twice', () => {
    const contents = new Map<string, string>();
    let repeated = 0;
    for (const { event } of march) {
      const key = `${event.source} ${event.id}`;
      if (contents.has(key)) repeated++;
      expect(contents.get(key) ?? JSON.stringify(event)).toBe(JSON.stringify(event));
      contents.set(key, JSON.stringify(event));
    }
    expect(repeated / march.length).toBeGreaterThan(0.003);
    expect(repeated / march.length).toBeLessThan(0.02);
  });

  it('lets some events arrive after their successors and some days late', () => {
    const lateBy = march.map(({ event, arrivesAt }) => arrivesAt - Date.parse(event.time));
    const latest = new Map<string, number>();
    const overtaken = march.filter(({ event }) => {
      const before = latest.get(event.subject) ?? 0;
      latest.set(event.subject, Math.max(before, Date.parse(event.time)));
      return Date.parse(event.time) < before;
    });
    expect(overtaken.length).toBeGreaterThan(20);
    expect(lateBy.filter((ms) => ms > 86_400_000).length).toBeGreaterThan(20);
    expect(lateBy.filter((ms) => ms < 60_000).length / lateBy.length).toBeGreaterThan(0.9);
  });

  it('ends every life within 110 days', () => {
    const longest = Math.max(...march.map(({ event }) => Date.parse(event.time) - submission(event.subject)));
    expect(longest / 86_400_000).toBeLessThan(110);
  });

  it('goes on where an earlier run stopped', () => {
    const at = Date.parse('2026-03-10T11:00:00+08:00');
    const later = [...simulatedEvents({ ...MARCH, after: at })];
    expect(later).toEqual(march.filter(({ arrivesAt }) => arrivesAt > at));
  });

  it('names what it let go wrong: every kind, in cases of its own', () => {
    const truth = [...injectedMisconduct({ ...MARCH, from: '2026-01-05', to: '2026-04-30' })];
    expect(new Set(truth.map(({ kind }) => kind))).toEqual(new Set(MISCONDUCT_KINDS));
    expect(new Set(truth.map(({ caseNo }) => caseNo)).size).toBe(truth.length);
    const known = new Set(march.map(({ event }) => event.subject));
    const ofMarch = [...injectedMisconduct({ ...MARCH, to: '2026-03-29' })];
    expect(ofMarch.every(({ caseNo }) => known.has(caseNo ?? ''))).toBe(true);
  });

  it('opens only online on days off', () => {
    const sunday = simulateDay('fangchenggang', 'spec', '2026-03-08').arrivals;
    const submitted = sunday.filter(({ event }) => event.type === 'case.submitted');
    expect(submitted.length).toBeLessThan(30);
    const accepted = sunday.filter(({ event }) => event.type === 'case.accepted');
    expect(accepted.every(({ event }) => event.time >= '2026-03-09T09:00:00+08:00')).toBe(true);
  });

  it('refuses a city it does not know', () => {
    expect(() => [...simulatedEvents({ ...MARCH, city: 'atlantis' })]).toThrow(BadInputError);
    expect(() => simulateDay('constructor', 's', '2026-03-08')).toThrow(
      'simulation: city: expected one of fangchenggang, handan, got "constructor"',
    );
  });
});

function submission(caseNo: string): number {
  const date = /-(\d{4})(\d{2})(\d{2})-/.exec(caseNo);
  return Date.parse(`${date?.slice(1).join('-')}T00:00:00+08:00`);
}
