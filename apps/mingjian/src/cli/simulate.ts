import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  HABIT_KINDS,
  injectedMisconduct,
  MISCONDUCT_KINDS,
  simulatedComplaints,
  simulatedCounts,
  simulatedEvents,
  type InjectedKind,
  type MisconductChoice,
  type SimulationOptions,
} from '@mingjian/simulator';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

/** What of a city is printed. */
const KINDS = ['cases', 'counts', 'complaints'] as const;

export interface SimulateOptions {
  city: string;
  kind?: string;
  seed: string;
  from: string;
  days: string;
  rate: string;
  /** Without a value: print what was injected; else what goes wrong: `usual`, `none`, or kinds with commas. */
  misconduct?: boolean | string;
  /** File for what was injected. */
  truth?: string;
}

type CityDays = Required<Pick<SimulationOptions, 'city' | 'seed' | 'from' | 'to' | 'misconduct'>>;

const DAY_MS = 86_400_000;

/** `mingjian simulate`: a city as a function of (city, seed, dates), on standard output. */
export async function simulate(options: SimulateOptions, io: Io): Promise<number> {
  const kind = KINDS.find((one) => one === (options.kind ?? 'cases'));
  if (kind === undefined) throw new UsageError(`--kind: one of ${KINDS.join(', ')}, not "${options.kind}"`);
  const rate = wholeNumber('--rate', options.rate, 0);
  const range: CityDays = {
    city: options.city,
    seed: options.seed,
    from: options.from,
    to: lastDate(options.from, options.days),
    misconduct: typeof options.misconduct === 'string' ? choiceOf(options.misconduct) : 'usual',
  };
  try {
    if (options.misconduct === true) return await printMisconduct(range, io);
    if (options.truth !== undefined) await writeTruth(range, options.truth);
    return await printEvents(eventsOf(kind, range), rate, io);
  } catch (error) {
    // The city knows the holidays of some years only.
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

/**
 * The last of `days` dates, the first one included.
 * @throws UsageError where the first is no date, or the number none
 */
export function lastDate(from: string, days: string): string {
  const count = wholeNumber('--days', days, 1);
  const first = Date.parse(`${from}T00:00:00Z`);
  if (Number.isNaN(first) || new Date(first).toISOString().slice(0, 10) !== from)
    throw new UsageError(`--from is a date such as 2026-03-02, not "${from}"`);
  return new Date(first + (count - 1) * DAY_MS).toISOString().slice(0, 10);
}

function choiceOf(text: string): MisconductChoice {
  if (text === 'usual' || text === 'none') return text;
  const known: readonly string[] = [...MISCONDUCT_KINDS, ...HABIT_KINDS];
  if (text === 'all') return known as InjectedKind[];
  const kinds = text.split(',').map((kind) => kind.trim());
  const unknown = kinds.find((kind) => !known.includes(kind));
  if (unknown !== undefined)
    throw new UsageError(
      `--misconduct: "${unknown}" is none of usual, none, all, or with commas ${known.join(', ')}`,
    );
  return kinds as InjectedKind[];
}

async function writeTruth(range: CityDays, file: string): Promise<void> {
  const stream = createWriteStream(file);
  for (const injected of injectedMisconduct(range))
    if (!stream.write(`${JSON.stringify(injected)}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

async function printMisconduct(range: CityDays, io: Io): Promise<number> {
  for (const injected of injectedMisconduct(range)) await io.out(`${JSON.stringify(injected)}\n`);
  return EXIT.done;
}

function* eventsOf(kind: (typeof KINDS)[number], range: CityDays): Generator<object, void> {
  if (kind === 'complaints') yield* simulatedComplaints(range);
  else
    for (const { event } of kind === 'counts' ? simulatedCounts(range) : simulatedEvents(range)) yield event;
}

async function printEvents(events: Iterable<object>, rate: number, io: Io): Promise<number> {
  const startedAt = io.now();
  let sent = 0;
  for (const event of events) {
    await io.out(`${JSON.stringify(event)}\n`);
    sent++;
    const ahead = rate === 0 ? 0 : (sent * 1000) / rate - (io.now() - startedAt);
    if (ahead > 20) await pause(ahead);
  }
  return EXIT.done;
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(`${name} is a whole number from ${least}, not "${text}"`);
  return value;
}
