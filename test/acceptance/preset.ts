import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepEvent } from '@mingjian/contracts';
import type { EventLog } from '@mingjian/log';
import { loadMapping } from '@mingjian/mapping';
import { judgeCase, verdictAt } from '@mingjian/rules';
import { allTimelines, type Store } from '@mingjian/store';
import { importFile, type ImportCounts } from '../../apps/collector/src';
import type { Monitor } from '../../apps/monitor/src/monitor';
import type { TestClock } from '../../libs/runtime/src/testing/test-clock';
import { ROOT, SAMPLE } from './product';

export const PRESETS = join(ROOT, 'mappings');
export const NAMES = readdirSync(PRESETS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The instant at which the sample rows are looked at: a working day, with cases of every light. */
export const NOW = '2026-09-22T18:00';

/** The files of each delivery of a preset, in the order in which they come: `rows/1-…`, `rows/2-…`. */
export function deliveriesOf(name: string): string[][] {
  const dir = join(PRESETS, name, 'rows');
  const groups = new Map<string, string[]>();
  for (const file of readdirSync(dir).sort()) {
    const [number = ''] = file.split('-');
    groups.set(number, [...(groups.get(number) ?? []), join(dir, file)]);
  }
  return [...groups.values()];
}

/** Settings of a monitor that judges by the rules of a preset. */
export function rulesOf(name: string): { rulesets: string; calendars: string } {
  // Those of the whole log, of which the preset has an excerpt.
  if (name === 'wabo')
    return { rulesets: join(SAMPLE, 'ruleset-carried.yaml'), calendars: join(SAMPLE, 'calendar.yaml') };
  return {
    rulesets: join(PRESETS, name, 'ruleset.yaml'),
    calendars: join(ROOT, 'rulesets/calendars/cn.yaml'),
  };
}

/** Brings one delivery in, as `mingjian import` does. */
export function deliver(
  name: string,
  file: readonly string[],
  { log, clock, dir }: { log: EventLog; clock: TestClock; dir: string },
): Promise<ImportCounts> {
  return importFile({
    file,
    mapping: loadMapping(join(PRESETS, name, 'mapping.yaml')),
    log,
    clock,
    settings: { futureToleranceSeconds: 300, intakeBatch: 100 },
    joinFile: join(dir, 'joined-rows.db'),
  });
}

/** What is known of each case at an instant, one line each. */
export async function verdictsOf(
  store: Store,
  monitor: Monitor,
  at: number,
): Promise<Record<string, string>> {
  const { book } = monitor.rules.current;
  const lines: Record<string, string> = {};
  for await (const [caseNo, events] of allTimelines(store.reader)) {
    const { light, clock, open, outcome, findings } = verdictAt(judgeCase(caseNo, events, book), at);
    const found = findings.map(({ code, detail }) => `${code} ${String(detail.kind)}`);
    lines[caseNo] = [light, clock ?? '-', open ? 'open' : (outcome ?? 'closed'), ...found.sort()].join(' · ');
  }
  return Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Records that are still held in quarantine: where each stood and why. */
export async function heldIn(store: Store): Promise<string[]> {
  const rows = await store.query<{ place: string; reason: string; field: string }>(
    "SELECT place, reason, field FROM quarantine WHERE state = 'held'",
  );
  return rows
    .map(({ place, reason, field }) => `${place.replace(/^.*\/rows\//, '')} ${reason} ${field}`.trim())
    .sort();
}

/** Events in the order of their ids, without the receipt; one of each identity. */
export function withoutReceipt(events: readonly StepEvent[]): Omit<StepEvent, 'receivedat'>[] {
  const byId = new Map(events.map(({ receivedat: _, ...event }) => [event.id, event]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What a preset's folder says must come out. */
export function expectedOf(name: string): {
  events: unknown[];
  verdicts: Record<string, string>;
  held: string[];
} {
  const read = (file: string): string => readFileSync(join(PRESETS, name, file), 'utf8');
  const events = read('expected-events.ndjson').trim().split('\n');
  const outcome = JSON.parse(read('expected-verdicts.json')) as {
    cases: Record<string, string>;
    held: string[];
  };
  return {
    events: events.map((line) => JSON.parse(line) as unknown),
    verdicts: outcome.cases,
    held: outcome.held,
  };
}

export function temporaryDir(): string {
  return mkdtempSync(join(tmpdir(), 'mingjian-preset-'));
}
