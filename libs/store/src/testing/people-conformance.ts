/* eslint-disable jest/no-export -- a suite that each engine's own spec calls is not itself a test file */
import type { ForensicFinding } from '@mingjian/rules';
import type { IssueDecision, Light, Notice } from '@mingjian/contracts';
import {
  insertLightChanges,
  lightChangesOfCase,
  supersedeLightChanges,
  type NewLightChange,
} from '../light-change.store';
import {
  cardStateOf,
  findLightChange,
  insertLightIssue,
  listWaitingLights,
  loadLightIssue,
} from '../light-issue.store';
import { enqueueNotices, noticesInState, noticesSince } from '../notice.store';
import { decodePatternFinding, patternFindingOf, replacePatternFindings } from '../pattern-finding.store';
import { RowScope } from '../row-scope';
import type { LightChangeRow, LightIssueRow } from '../rows';
import type { Store } from '../store';
import { copyUpheldLights, lightIdentityKey, loadUpheldLights, upholdLight } from '../upheld-light.store';

const AT = Date.parse('2026-09-14T02:00:00.123Z');
const ALL = RowScope.everything;

/** What every engine must do alike with what people decide about lights, and with what they are told of. */
export function checkPeopleConformance(
  engine: string,
  open: () => Promise<{ store: Store; other: Store; dispose: () => Promise<void> }>,
): void {
  describe(`what people decide and hear, on ${engine}`, () => {
    let store: Store;
    let other: Store;
    let dispose: () => Promise<void>;
    beforeAll(async () => ({ store, other, dispose } = await open()));
    afterAll(() => dispose());

    it('lists lights that wait within a scope, newest first, until somebody decided or they do not hold', async () => {
      await store.write((tx) =>
        insertLightChanges(tx, [
          light('C-1', null, 'yellow'),
          light('C-1', 'yellow', 'red', { becameAt: AT + 1 }),
          light('C-1', 'red', 'yellow', { becameAt: AT + 2 }),
          light('C-2', 'yellow', 'green'),
          light('C-2', 'green', 'red', { becameAt: AT + 3, department: 'market' }),
          light('C-3', 'green', 'red', { issue: 'automatic' }),
        ]),
      );
      const waiting = async (scope = ALL, more = {}): Promise<string[]> =>
        (await listWaitingLights(store, { limit: 10, ...more }, scope)).map(
          ({ caseNo, fromLight, toLight }) => `${caseNo} ${fromLight ?? '-'} ${toLight}`,
        );
      expect(await waiting()).toEqual(['C-2 green red', 'C-1 yellow red', 'C-1 - yellow']);
      expect(await waiting(RowScope.ofDepartments(['market']))).toEqual(['C-2 green red']);
      expect(await waiting(RowScope.ofDepartments([]))).toEqual([]);
      expect(await waiting(ALL, { department: 'housing', limit: 1 })).toEqual(['C-1 yellow red']);
      const [yellow, red] = (await lightChangesOfCase(store, 'C-1')) as [LightChangeRow, LightChangeRow];
      await store.write((tx) => insertLightIssue(tx, issueOf(yellow, 'issued')));
      await store.write((tx) => supersedeLightChanges(tx, [red.id], AT + 5, 'late_data'));
      expect(await waiting()).toEqual(['C-2 green red']);
      const decided = await loadLightIssue(store, yellow);
      expect(decided).toMatchObject({ decision: 'issued', decidedAt: AT, reason: '核实' });
      expect(cardStateOf(yellow, decided)).toBe('issued');
      expect(await findLightChange(store, red.id, RowScope.ofDepartments(['market']))).toBeNull();
      const seen = await findLightChange(store, red.id, ALL);
      expect(cardStateOf(seen!, null)).toBe('withdrawn');
    });

    it('lets each light be decided about once', async () => {
      const [yellow] = await lightChangesOfCase(store, 'C-1');
      await expect(
        store.write((tx) => insertLightIssue(tx, issueOf(yellow!, 'cancelled'))),
      ).rejects.toThrow();
    });

    it('keeps from being written again what was cancelled or appealed against, in a store made anew, too', async () => {
      const [red] = await lightChangesOfCase(store, 'C-3');
      const key = lightIdentityKey(red!.clock, red!.becameAt, red!.fromLight, red!.toLight);
      await store.write((tx) => insertLightIssue(tx, issueOf(red!, 'cancelled')));
      await store.write((tx) =>
        upholdLight(tx, {
          ...{ caseNo: 'C-4', identity: 'x', appealId: 1, department: null },
          ...{ toLight: 'red', becameAt: AT, upheldAt: AT },
        }),
      );
      await other.write((tx) => copyUpheldLights(store, tx));
      for (const one of [store, other])
        expect(await loadUpheldLights(one, ['C-1', 'C-3', 'C-4'])).toEqual(
          new Map([
            ['C-4', new Set(['x'])],
            ['C-3', new Set([key])],
          ]),
        );
    });

    it('finds signs of made-up times anew, keeps them, supersedes them, and finds them again', async () => {
      const run = (...findings: ForensicFinding[]) =>
        store.write((tx) => replacePatternFindings(tx, findings, ['2026-09'], AT));
      const [one, two] = [finding('C-1', 1), finding('C-2', 1)];
      expect(await run(one, two)).toMatchObject({ found: [one, two], superseded: [] });
      const grown = finding('C-1', 3);
      const { found, superseded } = await run(grown);
      expect(found).toEqual([]);
      expect(superseded.map(patternFindingOf)).toEqual([two]);
      expect((await run(grown, two)).found).toEqual([two]);
      const rows = await store.query<object>(
        'SELECT * FROM pattern_finding WHERE superseded_at IS NULL ORDER BY subject',
      );
      expect(rows.map(decodePatternFinding).map(patternFindingOf)).toEqual([grown, two]);
    });

    it('queues notices of findings, and counts for the storm what people may be told', async () => {
      await store.write((tx) =>
        enqueueNotices(
          tx,
          [
            notice('finding/C-1/SUS-5/e', {}),
            notice('light/over', { kind: 'light', grade: 'info' }),
            notice('light/on', { kind: 'light' }),
            notice('finding/kept', { mutedBecause: 'rule' }),
          ],
          AT,
        ),
      );
      expect((await noticesInState(store, 0, 'waiting', 10)).map(({ noticeKey }) => noticeKey)).toEqual([
        'finding/C-1/SUS-5/e',
        'light/over',
        'light/on',
      ]);
      expect(await noticesSince(store, AT - 1, 10)).toBe(3);
    });
  });
}

function light(
  caseNo: string,
  fromLight: Light | null,
  toLight: Light,
  more: Partial<NewLightChange> = {},
): NewLightChange {
  return {
    ...{ caseNo, clock: 'promise', clockKind: 'promise', department: 'housing', itemCode: 'A', fromLight },
    ...{ toLight, issue: 'confirmed', reason: 'time', becameAt: AT, detectedAt: AT, dueAt: null },
    ...{ rulesetVersion: '1', calendarVersion: '1', supersededAt: null, supersededBecause: null },
    ...more,
  };
}

function issueOf(row: LightChangeRow, decision: IssueDecision): LightIssueRow {
  const { caseNo, clock, toLight, becameAt, department, fromLight } = row;
  return {
    ...{ caseNo, clock, toLight, becameAt, department, decision, reason: '核实' },
    identity: lightIdentityKey(clock, becameAt, fromLight, toLight),
    fromLight: fromLight ?? '-',
    ...{ decidedBy: 'inspector-1', decidedByName: '李监察', decidedAt: AT },
  };
}

function finding(subject: string, times: number): ForensicFinding {
  return {
    ...{ kind: 'outside-hours', code: 'TIM-1', severity: 'notice', scope: 'case', subject },
    ...{ department: 'housing', item: 'A', period: '2026-09', at: AT, cases: [subject] },
    figures: { times, when: 'night' },
  };
}

function notice(key: string, more: Partial<Notice>): Notice {
  return {
    ...{ key, kind: 'finding', grade: 'yellow', department: 'housing', caseNo: 'C-1', subject: '发现' },
    ...{ facts: {}, at: AT, shard: 0 },
    ...more,
  };
}
