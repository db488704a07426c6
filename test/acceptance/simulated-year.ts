import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOPICS, type StepEvent } from '@mingjian/contracts';
import {
  simulatedComplaints,
  simulatedCounts,
  simulatedEvents,
  type SimulatedEvent,
} from '@mingjian/simulator';
import type { Site } from '../../apps/monitor/src/testing/site';
import { YearCount } from './year-count';

/** The year that is simulated; its last cases end in the next. */
export const YEAR = 2025;
const RANGE = { city: 'fangchenggang', seed: 'year', from: `${YEAR}-01-01`, to: `${YEAR}-12-31` } as const;
const PIECE = 5_000;
/** For a part of the year: a Wednesday of every month, with some 245 cases each. */
const DAYS = '01-08 02-12 03-12 04-09 05-14 06-11 07-09 08-13 09-10 10-15 11-12 12-10'.split(' ');
const CASES = { year: 61_000, ofDays: 12 * 245 };

/**
 * Lets a site live a year of a city: 61,000 cases, three million convenience items counted by the day, 2,000 complaints. Of each a
 * `share` (1: all), chosen by the case, the subject and the number. What is sent goes to the second count as well.
 */
export async function liveYear(site: Site, share: number): Promise<YearCount> {
  const count = new YearCount(promisesOf(join(site.dir, 'rulesets', 'demo-city.yaml')));
  let piece: StepEvent[] = [];
  const flush = async (): Promise<void> => {
    await site.receive(...piece);
    piece = [];
  };
  const send = async (event: StepEvent, arrivesAt: number): Promise<void> => {
    piece.push({ ...event, receivedat: new Date(arrivesAt).toISOString() });
    count.take(event);
    if (piece.length >= PIECE) await flush();
  };
  for (const { event, arrivesAt } of casesOf(share)) await send(event, arrivesAt);
  for (const { event, arrivesAt } of simulatedCounts(RANGE))
    if (isChosen(event.subject, share)) await send(event, arrivesAt);
  await flush();
  const complaints = [...simulatedComplaints(RANGE)].filter(({ subject }) => isChosen(subject, share));
  for (const complaint of complaints) count.takeComplaint(complaint);
  await site.log.append(
    TOPICS.complaints,
    complaints.map((complaint) => ({ key: complaint.subject, value: JSON.stringify(complaint) })),
  );
  await site.monitor.complaints.drain();
  return count;
}

function* casesOf(share: number): Generator<SimulatedEvent> {
  const city = { ...RANGE, misconduct: ['over-promise', 'filed-again', 'late-upload'] } as const;
  if (share === 1) yield* simulatedEvents(city);
  else
    for (const day of DAYS)
      for (const one of simulatedEvents({ ...city, from: `${YEAR}-${day}`, to: `${YEAR}-${day}` }))
        if (isChosen(one.event.subject, (share * CASES.year) / CASES.ofDays)) yield one;
}

/** By a hash of the name (FNV-1a): the same ones in every run. */
function isChosen(name: string, share: number): boolean {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32 < share;
}

/** Working days promised, by item, read off the lines of the ruleset. */
function promisesOf(file: string): Map<string, number> {
  const promises = new Map<string, number>();
  let item = '';
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    item = /^ {2}([A-Z]\d{4}):/.exec(line)?.[1] ?? item;
    const promise = /^ {4}promise: (?:\{ limit: )?(\d+)wd\b/.exec(line)?.[1];
    if (promise !== undefined) promises.set(item, Number(promise));
  }
  return promises;
}
