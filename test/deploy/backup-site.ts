import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MAPPING, runInProcess, SAMPLE, type Outcome } from '../acceptance/product';

/** What the product says of its rows. */
export interface Said {
  inUse: { cases: number; verdicts: string; rows: string };
  isSame: boolean;
}

/** A site on this machine, fed with a part of the WABO log, whose commands run in this process. */
export class BackupSite {
  readonly folder = mkdtempSync(join(tmpdir(), 'mingjian-backup-'));
  private readonly before = { ...process.env };

  constructor(env: Readonly<Record<string, string>> = {}) {
    Object.assign(process.env, {
      MINGJIAN_RULESETS: join(SAMPLE, 'ruleset-carried.yaml'),
      MINGJIAN_CALENDARS: join(SAMPLE, 'calendar.yaml'),
      ...env,
    });
  }

  path(name: string): string {
    return resolve(this.folder, name);
  }

  /** A command of the product on one of the data directories. */
  call(dir: string, ...args: string[]): Promise<Outcome> {
    return runInProcess([...args, '--data-dir', this.path(dir)], { now: Date.parse('2026-11-02T01:00:00Z') });
  }

  /** The same, where it has to go well. */
  async done(dir: string, ...args: string[]): Promise<string> {
    const { code, out, err } = await this.call(dir, ...args);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}${out}`);
    return out;
  }

  /** Rows of the log from one to another, through the collector into rows with lights. */
  async feed(dir: string, from: number, to: number): Promise<void> {
    const [head = '', ...rows] = gunzipSync(readFileSync(join(SAMPLE, 'wabo-receipt-events.csv.gz')))
      .toString()
      .split('\n');
    const file = this.path(`rows-${from}-${to}.csv`);
    writeFileSync(file, [head, ...rows.slice(from, to), ''].join('\n'));
    await this.done(dir, 'import', file, '--mapping', MAPPING, '--judge');
  }

  /** The digests of what is in use, and whether the whole log folded again gives the same. */
  async said(dir: string): Promise<Said> {
    const { out, err } = await this.call(dir, 'replay', '--json');
    if (out === '') throw new Error(err);
    const { inUse, isSame } = JSON.parse(out) as Said;
    return { inUse, isSame };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    for (const name of Object.keys(process.env)) if (!(name in this.before)) delete process.env[name];
    Object.assign(process.env, this.before);
  }
}
