import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CalendarDocument,
  parseYamlDocument,
  RulesetDocument,
  toTimelineEvent,
  type TimelineEvent,
} from '@mingjian/contracts';
import { judgeCase, RuleBook, verdictAt, WorkingCalendar, type CaseTracks } from '@mingjian/rules';
import { injectedMisconduct, simulatedEvents, UNKNOWN_ITEM, type MisconductKind } from './index';

const MONTH = { city: 'fangchenggang', seed: 'judged', from: '2026-03-02', to: '2026-03-29' };
const END = Date.parse('2026-12-01T00:00:00+08:00');

const rulesets = join(__dirname, '../../../rulesets');
const read = (file: string): string => readFileSync(join(rulesets, file), 'utf8');
const calendar = WorkingCalendar.fromDocument(
  parseYamlDocument(read('calendars/cn.yaml'), 'cn.yaml', CalendarDocument),
);
const book = new RuleBook(
  [parseYamlDocument(read('demo-city/demo-city.yaml'), 'demo-city.yaml', RulesetDocument)],
  new Map([[calendar.id, calendar]]),
);

const tracks = judgeMonth();
const truth = new Map([...injectedMisconduct(MONTH)].map(({ caseNo, kind }) => [caseNo ?? '', kind]));

function judgeMonth(): Map<string, CaseTracks> {
  const timelines = new Map<string, TimelineEvent[]>();
  for (const { event, arrivesAt } of simulatedEvents(MONTH)) {
    const timeline = timelines.get(event.subject) ?? [];
    timelines.set(event.subject, timeline);
    timeline.push({ ...toTimelineEvent(event), receivedAt: arrivesAt });
  }
  return new Map([...timelines].map(([caseNo, events]) => [caseNo, judgeCase(caseNo, events, book)]));
}

/** Part of all cases that had a light on a clock of that kind at any time. */
function rateOf(kind: string, light: string): number {
  const hit = [...tracks.values()].filter((track) => hadLight(track, kind, light));
  return hit.length / tracks.size;
}

function hadLight(track: CaseTracks, kind: string, light: string): boolean {
  return track.clocks.some(
    (clock) => clock.kind === kind && clock.spans.some((span) => span.light === light && span.from < END),
  );
}

/** For a message that says which: the case number and its clocks that were red. */
function redClocks({ caseNo, clocks }: CaseTracks): string {
  const red = clocks.filter(({ spans }) => spans.some(({ light, from }) => light === 'red' && from < END));
  return [caseNo, ...red.map(({ clock }) => clock)].join(' ');
}

/** Cases made to go wrong in a way that never had that light. */
function missed(kind: MisconductKind, clock: string, light: string): string[] {
  return [...truth]
    .filter(([caseNo, injected]) => injected === kind && !hadLight(tracks.get(caseNo)!, clock, light))
    .map(([caseNo]) => caseNo);
}

describe('a simulated month, judged by the demonstration ruleset', () => {
  it('is over its promise in 1 to 2.5 cases of a hundred, over the law in about one of a thousand', () => {
    expect(rateOf('promise', 'red')).toBeGreaterThan(0.01);
    expect(rateOf('promise', 'red')).toBeLessThan(0.025);
    expect(rateOf('statutory', 'red')).toBeGreaterThan(0);
    expect(rateOf('statutory', 'red')).toBeLessThan(0.003);
  });

  it('shows yellow several times as often as red', () => {
    expect(rateOf('promise', 'yellow')).toBeGreaterThan(0.04);
    expect(rateOf('promise', 'yellow')).toBeLessThan(0.25);
  });

  it('turns red wherever a limit was made to be missed', () => {
    expect(missed('over-promise', 'promise', 'red')).toEqual([]);
    expect(missed('over-statutory', 'statutory', 'red')).toEqual([]);
    expect(missed('step-overdue', 'step', 'red')).toEqual([]);
    expect(missed('delivery-overdue', 'delivery', 'red')).toEqual([]);
    expect(missed('acceptance-silent', 'acceptance', 'red')).toEqual([]);
    expect(missed('suspension-overrun', 'suspension', 'red')).toEqual([]);
  });

  it('stays in time where nothing was made to go wrong', () => {
    const innocent = [...tracks.values()].filter(
      (track) =>
        !truth.has(track.caseNo) &&
        ['promise', 'statutory', 'step', 'acceptance', 'delivery', 'suspension'].some((kind) =>
          hadLight(track, kind, 'red'),
        ),
    );
    expect(innocent.map(redClocks)).toEqual([]);
  });

  it('keeps the case green while the step is red, where only a step was late', () => {
    const stepsOnly = [...truth].filter(([, kind]) => kind === 'step-overdue').map(([caseNo]) => caseNo);
    const red = stepsOnly.filter((caseNo) => hadLight(tracks.get(caseNo)!, 'promise', 'red'));
    expect(stepsOnly.length).toBeGreaterThan(5);
    expect(red).toEqual([]);
  });

  it('is grey for the item that no ruleset knows, and for nothing else', () => {
    const grey = [...tracks.values()].filter((track) => verdictAt(track, END).light === 'grey');
    expect(new Set(grey.map(({ itemCode }) => itemCode))).toEqual(new Set([UNKNOWN_ITEM.code]));
  });
});
