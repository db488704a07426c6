import type { ClockKind, Light } from '@mingjian/contracts';
import type { CaseTracks, ClockTrack, Finding, LightSpan } from '../verdict';
import { KIND_ORDER, WEIGHT, worse } from './severity';
import { clockAt, lightChangesUntil, nextChangeAt, verdictAt } from './verdict-at';

type Span = [from: number, light: Light, phase?: LightSpan['phase'], dueAt?: number | null];

/** A clock with these spans; instants are small numbers. */
function track(clock: string, spans: Span[], more: Partial<ClockTrack> = {}): ClockTrack {
  return {
    clock,
    kind: clock.replace(/[#:].*$/, '') as ClockKind,
    step: null,
    post: null,
    department: null,
    issue: 'automatic',
    startedAt: spans[0]?.[0] ?? 0,
    finishedAt: null,
    limit: '7wd',
    provisional: false,
    countsForCase: !clock.startsWith('step'),
    unknownBecause: null,
    spans: spans.map(([from, light, phase = 'running', dueAt = 100]) => ({
      from,
      light,
      phase,
      dueAt,
      cause: 'time',
    })),
    suspensions: [],
    extensions: [],
    ...more,
  };
}

function tracks(clocks: ClockTrack[], more: Partial<CaseTracks> = {}): CaseTracks {
  return {
    caseNo: 'C-1',
    itemCode: 'A',
    itemName: null,
    itemClass: null,
    department: null,
    ruleset: 'r',
    rulesetVersion: '1',
    calendar: 'c',
    calendarVersion: '1',
    acceptedAt: null,
    acceptedKnownAt: null,
    endedAt: null,
    closedAt: null,
    outcome: null,
    unknownBecause: null,
    clocks,
    findings: [],
    ...more,
  };
}

const finding = (at: number | null): Finding => ({
  code: 'X',
  severity: 'notice',
  ref: `${at}`,
  at,
  detail: {},
});
const governs = (...clocks: ClockTrack[]): string | null => verdictAt(tracks(clocks), 50).clock;

describe('a clock at an instant', () => {
  const life = track(
    'promise',
    [
      [10, 'green'],
      [20, 'yellow'],
      [30, 'yellow', 'suspended', null],
      [40, 'red', 'overdue', 35],
    ],
    { finishedAt: 45, post: 'p', department: 'd', issue: 'confirmed', provisional: true },
  );

  it('is nothing before its first span', () => {
    expect(clockAt(life, 9)).toBeNull();
    expect(clockAt(track('promise', []), 50)).toBeNull();
  });

  it.each<[number, Light, LightSpan['phase'], number | null, number, number | null]>([
    [10, 'green', 'running', 100, 10, null],
    [19, 'green', 'running', 100, 10, null],
    [20, 'yellow', 'running', 100, 20, null],
    [30, 'yellow', 'suspended', null, 20, null],
    [40, 'red', 'overdue', 35, 40, null],
    [44, 'red', 'overdue', 35, 40, null],
    [45, 'red', 'overdue', 35, 40, 45],
  ])('at %d is %s, %s, due %s, since %d, finished %s', (at, light, phase, dueAt, since, finishedAt) => {
    expect(clockAt(life, at)).toEqual({
      clock: 'promise',
      kind: 'promise',
      department: 'd',
      issue: 'confirmed',
      light,
      phase,
      limit: '7wd',
      startedAt: 10,
      dueAt,
      since,
      finishedAt,
      provisional: true,
    });
  });
});

describe('the light of a case', () => {
  const one = (
    clock: string,
    light: Light,
    phase: LightSpan['phase'] = 'running',
    dueAt: number | null = 100,
  ) => track(clock, [[10, light, phase, dueAt]]);

  it('is the worst of its clocks: red over yellow over grey over green', () => {
    const all = [
      one('promise', 'green'),
      one('delivery', 'grey'),
      one('statutory', 'yellow'),
      one('acceptance', 'red'),
    ];
    for (const expected of ['acceptance', 'statutory', 'delivery', 'promise']) {
      expect(governs(...all)).toBe(expected);
      expect(governs(...[...all].reverse())).toBe(expected);
      all.pop();
    }
    expect(
      Object.entries(WEIGHT)
        .sort(([, a], [, b]) => b - a)
        .map(([light]) => light),
    ).toEqual(['red', 'yellow', 'grey', 'green']);
    expect([
      worse('red', 'green'),
      worse('green', 'red'),
      worse('grey', 'green'),
      worse('yellow', 'grey'),
    ]).toEqual(['red', 'red', 'grey', 'yellow']);
  });

  it.each<[string, ClockTrack, ClockTrack]>([
    ['that runs over one that finished', one('delivery', 'red'), one('promise', 'red', 'finished', 10)],
    [
      'with the earlier due instant',
      one('statutory', 'red', 'overdue', 20),
      one('promise', 'red', 'overdue', 30),
    ],
    [
      'with a due instant over one without',
      one('statutory', 'red', 'overdue', 20),
      one('promise', 'red', 'suspended', null),
    ],
    ['of the promise over the statutory one', one('promise', 'red'), one('statutory', 'red')],
    [
      'of the promise, held both',
      one('promise', 'red', 'suspended', null),
      one('statutory', 'red', 'suspended', null),
    ],
  ])('of two alike names the one %s', (_what, winner, loser) => {
    expect(governs(winner, loser)).toBe(winner.clock);
    expect(governs(loser, winner)).toBe(winner.clock);
  });

  it('names alike clocks in the order of the README', () => {
    expect(
      Object.entries(KIND_ORDER)
        .sort(([, a], [, b]) => a - b)
        .map(([kind]) => kind),
    ).toEqual([
      'promise',
      'statutory',
      'forwarding',
      'renewal',
      'acceptance',
      'suspension',
      'inspection',
      'hearing',
      'hearing-notice',
      'issuance',
      'delivery',
      'step',
      'rating-contact',
      'rectification',
    ]);
  });

  it('names the first of two that are alike in everything', () => {
    expect(governs(one('suspension#1', 'red'), one('suspension#2', 'red'))).toBe('suspension#1');
  });

  it('is green, decided by no clock, where none is known', () => {
    expect(verdictAt(tracks([]), 50)).toMatchObject({
      light: 'green',
      clock: null,
      dueAt: null,
      since: null,
      open: true,
    });
    expect(verdictAt(tracks([track('promise', [[60, 'red']])]), 50)).toMatchObject({
      light: 'green',
      clock: null,
      clocks: [],
    });
  });

  it('says since when and until when its clock is so', () => {
    expect(
      verdictAt(
        tracks([
          track('promise', [
            [10, 'green'],
            [20, 'yellow', 'running', 70],
          ]),
        ]),
        50,
      ),
    ).toMatchObject({
      light: 'yellow',
      clock: 'promise',
      dueAt: 70,
      since: 20,
    });
  });

  it('does not know what its steps know, which have a light of their own', () => {
    const verdict = verdictAt(
      tracks([one('promise', 'green'), one('step:a', 'yellow'), one('step:b', 'green')]),
      50,
    );
    expect(verdict).toMatchObject({ light: 'green', clock: 'promise', stepLight: 'yellow' });
    expect(verdict.clocks).toHaveLength(3);
    const rated = track('rectification#1', [[10, 'red']], { countsForCase: false });
    expect(verdictAt(tracks([one('promise', 'green'), rated]), 50)).toMatchObject({
      light: 'green',
      stepLight: 'green',
    });
  });

  it('is grey where too little is known, unless a clock is yellow or red', () => {
    const unknown = (light: Light) =>
      verdictAt(tracks([one('acceptance', light)], { unknownBecause: 'no-item' }), 50);
    for (const light of ['green', 'grey'] as const)
      expect(unknown(light)).toMatchObject({ light: 'grey', clock: null, dueAt: null, since: null });
    for (const light of ['yellow', 'red'] as const)
      expect(unknown(light)).toMatchObject({ light, clock: 'acceptance', dueAt: 100, since: 10 });
    expect(verdictAt(tracks([], { unknownBecause: 'no-item' }), 50)).toMatchObject({
      light: 'grey',
      clock: null,
    });
  });

  it('is provisional while a clock of the case is that runs', () => {
    const is = (clock: string, phase: LightSpan['phase']): boolean =>
      verdictAt(tracks([track(clock, [[10, 'green', phase]], { provisional: true })]), 50).provisional;
    expect(is('promise', 'running')).toBe(true);
    expect(is('promise', 'finished')).toBe(false);
    expect(is('step:a', 'running')).toBe(false);
    expect(verdictAt(tracks([one('promise', 'green')]), 50).provisional).toBe(false);
  });
});

describe('what is known of a case at an instant', () => {
  const known = tracks([], {
    acceptedAt: 5,
    acceptedKnownAt: 20,
    endedAt: 30,
    closedAt: 40,
    outcome: 'granted',
    findings: [finding(null), finding(10), finding(25)],
  });

  it.each([
    [19, null, null, true, 2],
    [20, 5, null, true, 2],
    [25, 5, null, true, 3],
    [29, 5, null, true, 3],
    [30, 5, 'granted', true, 3],
    [39, 5, 'granted', true, 3],
    [40, 5, 'granted', false, 3],
  ])('at %d: accepted %s, outcome %s, open %s, %d findings', (at, acceptedAt, outcome, open, findings) => {
    const verdict = verdictAt(known, at);
    expect(verdict).toMatchObject({ caseNo: 'C-1', acceptedAt, outcome, open });
    expect(verdict.findings).toHaveLength(findings);
  });

  it('changes next at the earliest of all that is to come', () => {
    expect([0, 9, 10, 19, 20, 25, 30, 39, 40].map((at) => nextChangeAt(known, at))).toEqual([
      10,
      10,
      20,
      20,
      25,
      30,
      40,
      40,
      null,
    ]);
    expect(verdictAt(known, 0).nextChangeAt).toBe(10);
  });

  it('changes next with the end of the case where its acceptance is known only later', () => {
    const ended = tracks([], { endedAt: 15, closedAt: 20, acceptedKnownAt: 30, findings: [finding(40)] });
    expect([0, 15, 20, 30, 40].map((at) => nextChangeAt(ended, at))).toEqual([15, 20, 30, 40, null]);
  });

  it('changes next with any clock, the latest span to be looked at first or not', () => {
    const clocks = tracks([
      track('promise', [
        [10, 'green'],
        [20, 'yellow'],
        [30, 'red'],
      ]),
      track('statutory', [
        [12, 'green'],
        [25, 'yellow'],
      ]),
    ]);
    expect([9, 10, 12, 20, 25, 30].map((at) => nextChangeAt(clocks, at))).toEqual([10, 12, 20, 25, 30, null]);
  });
});

describe('the changes of light of a case', () => {
  it('begin with the first light that is not green, and hold each change once, with who and what it is', () => {
    const clocks = tracks([
      track(
        'promise',
        [
          [10, 'green'],
          [20, 'yellow', 'running', 70],
          [25, 'yellow', 'overdue'],
          [30, 'red', 'overdue', 71],
        ],
        {
          department: 'd',
          post: 'p',
          issue: 'confirmed',
        },
      ),
    ]);
    const common = {
      clock: 'promise',
      kind: 'promise',
      department: 'd',
      post: 'p',
      issue: 'confirmed',
      cause: 'time',
    };
    expect(lightChangesUntil(clocks, 50)).toEqual([
      { ...common, from: 'green', to: 'yellow', becameAt: 20, dueAt: 70 },
      { ...common, from: 'yellow', to: 'red', becameAt: 30, dueAt: 71 },
    ]);
    expect(lightChangesUntil(clocks, 29)).toHaveLength(1);
    expect(lightChangesUntil(clocks, 30)).toHaveLength(2);
    expect(lightChangesUntil(clocks, 19)).toEqual([]);
  });

  it('tell a clock that begins with another light than green, and one that turns green again', () => {
    const of = (spans: Span[]) =>
      lightChangesUntil(tracks([track('promise', spans)]), 50).map(({ from, to, becameAt }) => [
        from,
        to,
        becameAt,
      ]);
    expect(of([[10, 'grey']])).toEqual([[null, 'grey', 10]]);
    expect(of([[10, 'green']])).toEqual([]);
    expect(
      of([
        [10, 'red'],
        [20, 'green'],
      ]),
    ).toEqual([
      [null, 'red', 10],
      ['red', 'green', 20],
    ]);
    expect(
      of([
        [10, 'green'],
        [20, 'yellow'],
        [30, 'green'],
        [40, 'yellow'],
      ]),
    ).toHaveLength(3);
  });

  it('are in order of the instant and, at one instant, of the name', () => {
    const red = (clock: string, at: number) => track(clock, [[at, 'red']]);
    const clocks = [red('statutory', 20), red('promise', 30), red('delivery', 20), red('acceptance', 10)];
    const order = ['acceptance', 'delivery', 'statutory', 'promise'];
    expect(lightChangesUntil(tracks(clocks), 50).map(({ clock }) => clock)).toEqual(order);
    expect(lightChangesUntil(tracks(clocks.reverse()), 50).map(({ clock }) => clock)).toEqual(order);
  });
});
