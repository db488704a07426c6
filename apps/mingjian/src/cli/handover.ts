import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { handoverFile, listHandovers, RowScope, type HandoverRow, type Store } from '@mingjian/store';
import { findLeads, type HandoverRequest } from '../../../monitor/src/handover/choose-cases';
import { makeHandover } from '../../../monitor/src/handover/make-handover';
import { approvedInStore } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook, type LoadedRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { openStoreOf, settingsOf } from '../engines';
import type { Io } from './io';
import { EXIT, UsageError } from './io';
import { periodOf } from './period';
import { chosenDir, type DirOption } from './source';

export interface HandoverOptions extends DirOption {
  reason?: string;
  actor?: string;
  out?: string;
  since?: string;
  until?: string;
  red?: string;
  ratings?: string;
  returned?: string;
  complaints?: string;
  reopened?: string;
}

/** `mingjian handover case`: one case. */
export function handoverCase(caseNo: string, options: HandoverOptions, io: Io): Promise<number> {
  return withSite(options, (site) =>
    make(site, { kind: 'case', caseNo, reason: reasonOf(options) }, options, io),
  );
}

/** `mingjian handover department`: what a department did wrong within a period. */
export function handoverDepartment(department: string, options: HandoverOptions, io: Io): Promise<number> {
  return withSite(options, (site) => {
    const period = periodIn(site.rules, options);
    return make(site, { kind: 'department', department, ...period, reason: reasonOf(options) }, options, io);
  });
}

/**
 * `mingjian handover lead`: departments that reached a threshold; exit code 1 where there are some. With --reason each of them
 * is handed over.
 */
export function handoverLead(options: HandoverOptions, io: Io): Promise<number> {
  return withSite(options, async (site) => {
    const period = periodIn(site.rules, options);
    const thresholds = {
      ...threshold('red', options.red),
      ...threshold('badRatings', options.ratings),
      ...threshold('returned', options.returned),
      ...threshold('complaints', options.complaints),
      ...threshold('reopened', options.reopened),
    };
    if (Object.keys(thresholds).length === 0)
      throw new UsageError(
        'handover lead needs --red, --ratings, --returned, --complaints or --reopened: how many make a lead',
      );
    const leads = await findLeads(site.store, thresholds, period.from, period.to, RowScope.everything);
    if (options.reason === undefined) {
      if (options.json) await io.out(`${JSON.stringify({ leads })}\n`);
      else
        for (const { department, red, badRatings, returned, complaints, reopened } of leads)
          await io.out(
            `${department}  red ${red}, bad ratings ${badRatings}, returned ${returned}, complaints ${complaints}, reopened ${reopened}\n`,
          );
      return leads.length === 0 ? EXIT.done : EXIT.findings;
    }
    for (const { department } of leads)
      await make(site, { kind: 'lead', department, ...period, reason: options.reason }, options, io);
    return EXIT.done;
  });
}

/** `mingjian handover list`: the register, newest first. */
export function handoverList(options: HandoverOptions, io: Io): Promise<number> {
  return withSite(options, async ({ store }) => {
    const rows = await listHandovers(store, RowScope.everything, {}, 500);
    if (options.json) await io.out(`${JSON.stringify({ handovers: rows.map(registered) })}\n`);
    else
      for (const row of rows)
        await io.out(
          `${row.no}  ${new Date(row.madeAt).toISOString()}  ${row.kind} ${row.subject}  ${row.actor}  ${row.reason}\n`,
        );
    return EXIT.done;
  });
}

interface Site {
  store: Store;
  rules: LoadedRuleBook;
}

async function withSite(options: DirOption, work: (site: Site) => Promise<number>): Promise<number> {
  const processSettings = settingsOf('live');
  const dir = chosenDir(options);
  const store = await openStoreOf(processSettings, dir);
  try {
    const rules = await loadRuleBook(processSettings.settings, await approvedInStore(store).load());
    return await work({ store, rules });
  } finally {
    await store.close();
  }
}

async function make(
  { store, rules }: Site,
  request: HandoverRequest,
  options: HandoverOptions,
  io: Io,
): Promise<number> {
  const actor = options.actor ?? 'command-line';
  const row = await makeHandover(
    { store, rules, now: io.now() },
    request,
    { id: actor, name: options.actor ?? '命令行' },
    RowScope.everything,
  );
  const files: string[] = [];
  for (const variant of ['inspection', 'unit'] as const) {
    const file = join(options.out ?? '.', `handover-${row.id}-${variant}.zip`);
    // For its owner alone: it names those who complained.
    writeFileSync(file, await handoverFile(store, row.id, variant), { mode: 0o600 });
    files.push(file);
  }
  await io.out(
    options.json
      ? `${JSON.stringify({ ...registered(row), files })}\n`
      : `${row.no}  ${row.cases} cases\n${files.map((file) => `${file}\n`).join('')}`,
  );
  return EXIT.done;
}

function registered(row: HandoverRow): object {
  const time = (instant: number | null): string | null =>
    instant === null ? null : new Date(instant).toISOString();
  return { ...row, madeAt: time(row.madeAt), fromAt: time(row.fromAt), toAt: time(row.toAt) };
}

function reasonOf({ reason }: HandoverOptions): string {
  const text = reason?.trim() ?? '';
  if (text === '' || text.length > 200)
    throw new UsageError('a hand-over needs --reason, at most 200 characters: it stands in the register');
  return text;
}

function periodIn({ book }: LoadedRuleBook, { since, until }: HandoverOptions): { from: number; to: number } {
  if (since === undefined || until === undefined)
    throw new UsageError('the period needs --since and --until');
  const period = periodOf({ since, until }, book.newest.calendar);
  return { from: period.since, to: period.until };
}

function threshold(name: string, text: string | undefined): Record<string, number> {
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new UsageError(`a threshold is a whole number of 1 or more, not ${text}`);
  return { [name]: Number(text) };
}
