import { setTimeout as pause } from 'node:timers/promises';
import { injectedMisconduct, simulatedEvents, type SimulationOptions } from '@mingjian/simulator';
import type { Io } from './io';
import { EXIT, UsageError } from './io';

export interface SimulateOptions {
  city: string;
  seed: string;
  from: string;
  days: string;
  rate: string;
  misconduct?: boolean;
}

type CityDays = Required<Pick<SimulationOptions, 'city' | 'seed' | 'from' | 'to'>>;

const DAY_MS = 86_400_000;

/** `mingjian simulate`: a city as a function of (city, seed, dates), on standard output. */
export async function simulate(options: SimulateOptions, io: Io): Promise<number> {
  const days = wholeNumber('--days', options.days, 1);
  const rate = wholeNumber('--rate', options.rate, 0);
  const first = Date.parse(`${options.from}T00:00:00Z`);
  if (Number.isNaN(first) || new Date(first).toISOString().slice(0, 10) !== options.from)
    throw new UsageError(`--from is a date such as 2026-03-02, not "${options.from}"`);
  const to = new Date(first + (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const range = { city: options.city, seed: options.seed, from: options.from, to };
  try {
    return options.misconduct ? await printMisconduct(range, io) : await printEvents(range, rate, io);
  } catch (error) {
    // The city knows the holidays of some years only.
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

async function printMisconduct(range: CityDays, io: Io): Promise<number> {
  for (const injected of injectedMisconduct(range)) await io.out(`${JSON.stringify(injected)}\n`);
  return EXIT.done;
}

async function printEvents(range: CityDays, rate: number, io: Io): Promise<number> {
  const startedAt = io.now();
  let sent = 0;
  for (const { event } of simulatedEvents(range)) {
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
