import { setImmediate as nextTurn } from 'node:timers/promises';
import { LIGHTS, type Light } from '@mingjian/contracts';
import { secondOpinion, WEIGHT, type RuleBook } from '@mingjian/rules';
import type { Clock, Logger } from '@mingjian/runtime';
import { instantText, loadCaseFiles, loadTimelines, type Store } from '@mingjian/store';
import { Counter, Gauge, type Registry } from 'prom-client';
import { documentsOf } from '../second-opinion/compare-opinions';

/** Most cases looked at in one audit, of each sort: an audit is cheap, whatever is wrong. */
const MOST_CASES = 200;

/** What the auditor is given. */
export interface AuditPorts {
  store: Store;
  clock: Clock;
  wall: Clock;
  registry: Registry;
  logger: Logger;
  book: () => RuleBook;
  /** All shards there are: the audit covers those of other monitors too. */
  shards: readonly number[];
  /** How far lights may lag behind the clock before it is an error, milliseconds. */
  graceMs: number;
  /** Told after an audit that found nothing. Rejects where nobody could be told. */
  passed: () => Promise<void>;
}

/** What one audit found. */
export interface AuditFindings {
  /** Cases whose light could have changed and that nobody has judged since. */
  unjudged: string[];
  /** Cases past their due instant whose stored light is better than the second judge says. */
  unlit: string[];
}

/**
 * Looks whether anything overdue is unlit, in another way than the sweep finds it: by the due instants of the rows and
 * by the second judge, over all shards. Only an audit that finds nothing beats the heart that others listen to: a dead
 * scheduler, a lost index, a shard that nobody holds all make it stop.
 *
 * Guarantees: reads only; bounded work; never rejects. While all cases are judged again by other rules it finds what is
 * not judged yet, as it should.
 */
export class DueAuditor {
  private readonly found: Gauge<'kind'>;
  private readonly lastPassed: Gauge;
  private readonly audits: Counter<'result'>;

  constructor(private readonly ports: AuditPorts) {
    const registers = [ports.registry];
    this.found = new Gauge({
      name: 'mingjian_audit_cases',
      help: 'Cases that the last audit found unjudged or unlit although they are due; anything but 0 is an error of ours',
      labelNames: ['kind'],
      registers,
    });
    this.lastPassed = new Gauge({
      name: 'mingjian_audit_last_passed_timestamp_seconds',
      help: 'When an audit last found nothing, on the clock of the machine',
      registers,
    });
    this.audits = new Counter({
      name: 'mingjian_audits_total',
      help: 'Audits by result',
      labelNames: ['result'],
      registers,
    });
    for (const kind of ['unjudged', 'unlit']) this.found.set({ kind }, 0);
    for (const result of ['passed', 'found', 'failed']) this.audits.inc({ result }, 0);
  }

  /** @returns what was found; null where the audit itself failed. */
  async runOnce(): Promise<AuditFindings | null> {
    const { logger, wall } = this.ports;
    try {
      const before = this.ports.clock.now() - this.ports.graceMs;
      const findings = { unjudged: await this.unjudged(before), unlit: await this.unlit(before) };
      this.found.set({ kind: 'unjudged' }, findings.unjudged.length);
      this.found.set({ kind: 'unlit' }, findings.unlit.length);
      if (findings.unjudged.length + findings.unlit.length > 0) {
        this.audits.inc({ result: 'found' });
        logger.error(
          { unjudged: findings.unjudged.slice(0, 5), unlit: findings.unlit.slice(0, 5) },
          'The audit found cases that should have been lit.',
        );
        return findings;
      }
      this.audits.inc({ result: 'passed' });
      this.lastPassed.set(wall.now() / 1000);
      await this.ports.passed();
      return findings;
    } catch (error) {
      this.audits.inc({ result: 'failed' });
      logger.error({ err: error }, 'The audit failed.');
      return null;
    }
  }

  private async unjudged(before: number): Promise<string[]> {
    const found: string[] = [];
    for (const shard of this.ports.shards) {
      const rows = await this.ports.store.query<{ case_no: string }>(
        'SELECT case_no FROM case_file WHERE shard = ? AND next_change_at < ? ORDER BY next_change_at LIMIT ?',
        [shard, instantText(before), MOST_CASES - found.length],
      );
      found.push(...rows.map((row) => row.case_no));
      if (found.length >= MOST_CASES) break;
    }
    return found;
  }

  private async unlit(before: number): Promise<string[]> {
    const { store, book } = this.ports;
    const unlit: string[] = [];
    for (const light of ['green', 'grey'] as const) {
      const rows = await store.query<{ case_no: string }>(
        'SELECT case_no FROM case_file WHERE is_open = 1 AND light_rank = ? AND urgent_at < ? ' +
          'ORDER BY urgent_at LIMIT ?',
        [LIGHTS.indexOf(light), instantText(before), MOST_CASES],
      );
      for (const { case_no: caseNo } of rows) {
        await nextTurn();
        const events = (await loadTimelines(store, [caseNo])).get(caseNo) ?? [];
        const { rulesets, calendars } = documentsOf(book());
        const opinion = secondOpinion(caseNo, events, rulesets, calendars, before);
        // What was judged in between is no finding: the row is read after the opinion was formed.
        const row = (await loadCaseFiles(store, [caseNo])).get(caseNo);
        if (row !== undefined && isWorse(opinion.light, row.light)) unlit.push(caseNo);
      }
    }
    return unlit;
  }
}

function isWorse(a: Light, b: Light): boolean {
  return WEIGHT[a] > WEIGHT[b];
}
