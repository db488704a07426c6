import { z } from 'zod';

const count = (least: number, most: number) =>
  z
    .union([z.number(), z.string()])
    .transform(Number)
    .refine(
      (value) => Number.isInteger(value) && value >= least && value <= most,
      `a whole number from ${least} to ${most}`,
    );

const path = z.string().min(1);

/**
 * Every setting of the product. The variable of `dataDir` is `MINGJIAN_DATA_DIR` (see {@link variableOf}).
 * A spec holds `.env.example` against this schema, so that neither can be forgotten.
 */
export const Settings = z.object({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 means every network.'),
  port: count(0, 65_535)
    .default(8080)
    .describe('Port of the page, the API and /metrics; 0 takes any free one.'),
  dataDir: path
    .default('.data')
    .describe('Directory of all that is kept: event log, store, sources. Relative to the working directory.'),
  rulesets: path.default('rulesets/demo-city').describe('Ruleset file, or a directory of ruleset files.'),
  calendars: path.default('rulesets/calendars').describe('Directory of working-calendar files.'),
  logLevel: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least level of the log lines on standard error.'),
  logPartitions: count(1, 1024)
    .default(8)
    .describe('Partitions of the embedded event log; fixed when the log is created.'),
  bodyLimitBytes: count(1024, 1024 ** 3)
    .default(10 * 1024 ** 2)
    .describe('Largest body that POST /v1/step-events takes, bytes.'),
  futureToleranceSeconds: count(0, 86_400)
    .default(300)
    .describe('How far the time of an event may lie ahead of its receipt (clocks differ), seconds.'),
  intakeBatch: count(1, 100_000)
    .default(1000)
    .describe('Most step events in one batch, in and out of the log.'),
  sweepBatch: count(1, 100_000).default(500).describe('Most due cases that one step of the sweep judges.'),
  sweepIntervalSeconds: count(1, 3600)
    .default(15)
    .describe('Rhythm of the sweep that makes good a lost wake-up, seconds.'),
  secondOpinionSeconds: count(0, 86_400)
    .default(10)
    .describe('How often the second judge is asked about a few cases, seconds; 0: never.'),
  demoSpeed: count(1, 1_000_000)
    .default(600)
    .describe('How many times faster than the wall clock the demonstration runs.'),
  demoSeed: z
    .string()
    .min(1)
    .default('mingjian')
    .describe('Seed of the simulated city; the same seed, the same city.'),
  demoCity: z
    .string()
    .min(1)
    .default('fangchenggang')
    .describe('Which simulated city: fangchenggang or handan.'),
  shutdownSeconds: count(1, 300).default(8).describe('Most time that an orderly stop may take, seconds.'),
});
export type Settings = z.infer<typeof Settings>;

export const VARIABLE_PREFIX = 'MINGJIAN_';

/** The environment variable of a setting. */
export function variableOf(setting: string): string {
  //=> variableOf('dataDir') === 'MINGJIAN_DATA_DIR'
  return VARIABLE_PREFIX + setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
