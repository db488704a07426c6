import { formatInstant, judgeCase, lightChangesUntil, verdictAt } from './index';
import { aCase, at, bookOf, OFFICE_2026 } from './testing/builders';

const show = (instant: number | null): string | null =>
  instant === null ? null : formatInstant(instant, OFFICE_2026.zone).slice(0, 23).replace('T', ' ');

describe('the worked examples of a product in use (2018-10, hour-exact counting)', () => {
  const book = bookOf(
    {
      A: {
        name: '示例事项',
        promise: { limit: '7wd', yellowBefore: ['3wd'] },
        statutory: { limit: '10wd@time', yellowBefore: [] },
        acceptance: { limit: '2wd@time', yellowBefore: [], redAfter: '5wd' },
        delivery: 'none',
      },
    },
    {
      promiseCounting: 'wd@time',
      overPromise: 'yellow',
      suspensionCounting: 'wd@time',
      suspensionYellowBefore: ['3wd'],
      suspensionRedAfter: '1wd',
    },
  );

  it('warns after 10-19 10:00, is over the promise after 10-24 10:00 and red after 10-29 10:00', () => {
    const tracks = judgeCase('C-1', aCase('A').accepted('2018-10-15 10:00').events, book);
    const lights = lightChangesUntil(tracks, at('2018-11-30')).map((c) => [c.clock, c.to, show(c.becameAt)]);
    expect(lights).toEqual([
      ['promise', 'yellow', '2018-10-19 10:00:00.000'],
      ['statutory', 'red', '2018-10-29 10:00:00.001'],
    ]);
    expect(show(verdictAt(tracks, at('2018-10-25')).dueAt)).toBe('2018-10-24 10:00:00.000');
    expect(verdictAt(tracks, at('2018-10-24 10:00')).clocks[0]?.phase).toBe('running');
    expect(verdictAt(tracks, at('2018-10-24 10:00:01')).clocks[0]?.phase).toBe('overdue');
    expect(verdictAt(tracks, at('2018-10-29 10:00:00')).light).toBe('yellow');
    expect(verdictAt(tracks, at('2018-10-29 10:00:01'))).toMatchObject({ light: 'red', clock: 'statutory' });
  });

  it('moves everything by three days for a special procedure of three days', () => {
    const events = aCase('A')
      .accepted('2018-10-15 10:00')
      .suspended('2018-10-16 09:30', { daysApplied: 3 })
      .resumed('2018-10-19 09:30').events;
    const tracks = judgeCase('C-1', events, book);
    const lights = lightChangesUntil(tracks, at('2018-11-30'))
      .filter((c) => c.kind !== 'suspension')
      .map((c) => [c.clock, c.to, show(c.becameAt)]);
    expect(lights).toEqual([
      ['promise', 'yellow', '2018-10-24 10:00:00.000'],
      ['statutory', 'red', '2018-11-01 10:00:00.001'],
    ]);
    expect(show(verdictAt(tracks, at('2018-10-30')).clocks.find((c) => c.clock === 'promise')!.dueAt)).toBe(
      '2018-10-29 10:00:00.000',
    );
  });

  it('holds a special procedure of seven days to 10-19, 10-24 and 10-25 10:00', () => {
    const events = aCase('A')
      .accepted('2018-10-15 09:00')
      .suspended('2018-10-15 10:00', { daysApplied: 7 }).events;
    const changes = lightChangesUntil(judgeCase('C-1', events, book), at('2018-11-30'));
    const suspension = changes.filter((c) => c.kind === 'suspension');
    expect(suspension.map((c) => [c.to, show(c.becameAt), show(c.dueAt)])).toEqual([
      ['yellow', '2018-10-19 10:00:00.000', '2018-10-24 10:00:00.000'],
      ['red', '2018-10-25 10:00:00.001', '2018-10-24 10:00:00.000'],
    ]);
  });

  it('holds an online submission to 10-17 and 10-24 10:00', () => {
    const changes = lightChangesUntil(
      judgeCase('C-1', aCase('A').submitted('2018-10-15 10:00').events, book),
      at('2018-10-25'),
    );
    expect(changes.filter((c) => c.kind === 'acceptance').map((c) => [c.to, show(c.becameAt)])).toEqual([
      ['yellow', '2018-10-17 10:00:00.001'],
      ['red', '2018-10-24 10:00:00.001'],
    ]);
  });
});

describe('a case under statutory counting', () => {
  const book = bookOf({ A: { name: '事项', promise: '7wd', steps: { review: { limit: '2wd' } } } });

  it('is due at the end of the seventh working day and red from the next midnight', () => {
    const tracks = judgeCase('C-1', aCase('A').accepted('2026-09-14 16:00').events, book);
    const due = at('2026-09-22 23:59:59.999');
    expect(show(verdictAt(tracks, due).dueAt)).toBe('2026-09-22 23:59:59.999');
    expect(verdictAt(tracks, due)).toMatchObject({
      light: 'yellow',
      clock: 'promise',
      nextChangeAt: due + 1,
    });
    expect(verdictAt(tracks, due + 1)).toMatchObject({ light: 'red', since: due + 1 });
    expect(show(verdictAt(tracks, at('2026-09-15')).nextChangeAt)).toBe('2026-09-21 00:00:00.000');
  });

  it('keeps a case green while one of its steps is red', () => {
    const tracks = judgeCase(
      'C-1',
      aCase('A').accepted('2026-09-14 09:00').stepStarted('review', '2026-09-14 10:00').events,
      book,
    );
    expect(verdictAt(tracks, at('2026-09-17 10:00'))).toMatchObject({ light: 'green', stepLight: 'red' });
  });

  it('cannot expire while it is suspended, and goes on where it stopped', () => {
    const builder = aCase('A').accepted('2026-09-14 09:00').suspended('2026-09-15 09:00');
    const open = judgeCase('C-1', builder.events, book);
    expect(verdictAt(open, at('2027-06-01'))).toMatchObject({
      light: 'green',
      dueAt: null,
      nextChangeAt: null,
    });
    const resumed = judgeCase('C-1', builder.resumed('2026-09-17 09:00').events, book);
    expect(show(verdictAt(resumed, at('2026-09-18')).dueAt)).toBe('2026-09-24 23:59:59.999');
  });

  it('deems a case accepted from receipt when five working days pass in silence', () => {
    const tracks = judgeCase('C-1', aCase('A').submitted('2026-09-14 09:00').events, book);
    // Days 1–5: 15, 16, 17, 18 and the make-up Sunday 20 September.
    expect(verdictAt(tracks, at('2026-09-20 12:00')).clocks.map((c) => c.clock)).toEqual(['acceptance']);
    const later = verdictAt(tracks, at('2026-09-21 12:00'));
    expect(later.clocks.map((c) => [c.clock, c.light])).toEqual([
      ['acceptance', 'red'],
      ['promise', 'yellow'],
      ['statutory', 'green'],
    ]);
    expect(show(later.clocks[1]!.dueAt)).toBe('2026-09-22 23:59:59.999');
    expect(tracks.findings).toMatchObject([{ code: 'ACC-1' }]);
  });

  it('extends a limit once, with approver and notice, while it runs', () => {
    const data = { days: 10, approver: '局长', notice: 'N-1' };
    const tracks = judgeCase(
      'C-1',
      aCase('A').accepted('2026-09-14 09:00').extended('2026-09-21 09:00', data).events,
      book,
    );
    expect(lightChangesUntil(tracks, at('2026-09-22')).map((c) => [c.clock, c.to, c.cause])).toEqual([
      ['promise', 'yellow', 'time'],
      ['promise', 'green', 'event'],
    ]);
    const without = judgeCase(
      'C-1',
      aCase('A').accepted('2026-09-14 09:00').extended('2026-09-21 09:00', { days: 10 }).events,
      book,
    );
    expect(without.findings).toMatchObject([
      { code: 'EXT-1', detail: { kind: 'extension-without-approver' } },
    ]);
    expect(show(verdictAt(without, at('2026-09-22')).dueAt)).toBe('2026-09-22 23:59:59.999');
  });

  it.each([
    ['an item that no ruleset knows', aCase('X').accepted('2026-09-14 09:00'), 'unknown-item'],
    ['no item at all', aCase(null).accepted('2026-09-14 09:00'), 'no-item'],
    ['no start', aCase('A').stepStarted('review', '2026-09-14 09:00'), 'no-start'],
  ])('shows a case with %s in grey, with a finding', (_what, builder, reason) => {
    const tracks = judgeCase('C-1', builder.events, book);
    expect(verdictAt(tracks, at('2026-09-15'))).toMatchObject({ light: 'grey' });
    expect(tracks.unknownBecause).toBe(reason);
    expect(tracks.findings.length).toBeGreaterThan(0);
  });

  it('stays red after a late decision and green after one in time', () => {
    const late = judgeCase(
      'C-1',
      aCase('A').accepted('2026-09-14 09:00').decided('2026-09-23 00:00').events,
      book,
    );
    expect(verdictAt(late, at('2026-10-30')).clocks[0]).toMatchObject({
      clock: 'promise',
      light: 'red',
      phase: 'finished',
    });
    const inTime = judgeCase(
      'C-1',
      aCase('A').accepted('2026-09-14 09:00').decided('2026-09-22 23:59:59.999').events,
      book,
    );
    expect(verdictAt(inTime, at('2026-09-23')).clocks[0]).toMatchObject({
      clock: 'promise',
      light: 'green',
      phase: 'finished',
    });
  });

  it('ends a step with the case when it was under way, and lets one that begins after the decision run', () => {
    const events = aCase('A')
      .accepted('2026-09-14 09:00')
      .stepStarted('review', '2026-09-14 10:00')
      .decided('2026-09-15 10:00')
      .stepStarted('approve', '2026-09-15 11:00').events;
    const book2 = bookOf({
      A: { name: '事项', promise: '7wd', steps: { review: { limit: '2wd' }, approve: { limit: '2wd' } } },
    });
    const steps = verdictAt(judgeCase('C-1', events, book2), at('2026-09-16')).clocks.filter(
      (c) => c.kind === 'step',
    );
    expect(steps.map((c) => [c.clock, c.phase])).toEqual([
      ['step:review', 'finished'],
      ['step:approve', 'running'],
    ]);
  });

  it('is not held for ever by a suspension whose named end came before it', () => {
    const events = aCase('A')
      .accepted('2026-09-14 09:00')
      .event('case.resumed', '2026-09-15 09:00', { suspension: 'S-1' })
      .event(
        'case.suspended',
        '2026-09-16 09:00',
        { daysApplied: 5, ground: '鉴定', notice: '特别程序告知 1 号', approver: '王局长' },
        'S-1',
      ).events;
    const tracks = judgeCase('C-1', events, book);
    expect(show(verdictAt(tracks, at('2026-09-18')).dueAt)).toBe('2026-09-22 23:59:59.999');
    expect(tracks.findings.map((finding) => finding.detail.kind)).toEqual([
      'resumed-before-suspended',
      'resumed-without-suspension',
    ]);
  });

  it('shows a suspension without days applied for as a grey clock with a finding, and leaves the case its light', () => {
    const tracks = judgeCase(
      'C-1',
      aCase('A').accepted('2026-09-14 09:00').suspended('2026-09-15 09:00').events,
      book,
    );
    const verdict = verdictAt(tracks, at('2026-09-16'));
    expect(verdict).toMatchObject({ light: 'green', stepLight: 'green' });
    expect(verdict.clocks.find((clock) => clock.kind === 'suspension')).toMatchObject({ light: 'grey' });
    expect(tracks.findings).toMatchObject([{ code: 'DQ-4', ref: 'no-limit:suspension#1' }]);
  });

  it('notes a suspension that is still open when the case is decided, and one that begins after it', () => {
    const events = aCase('A')
      .accepted('2026-09-14 09:00')
      .suspended('2026-09-15 09:00', { daysApplied: 5 })
      .decided('2026-09-16 09:00', 'refused')
      .suspended('2026-09-17 09:00', { daysApplied: 5 }).events;
    const tracks = judgeCase('C-1', events, book);
    expect(tracks.findings.map(({ code, detail }) => [code, detail.kind])).toEqual([
      ['DQ-3', 'suspended-after-end'],
      ['SUS-7', 'suspension-open-at-end'],
    ]);
    expect(verdictAt(tracks, at('2026-10-01'))).toMatchObject({ light: 'green', open: false });
  });

  it('ends with a refusal to accept, also where an acceptance was reported before', () => {
    const events = aCase('A')
      .accepted('2026-09-14 09:00')
      .event('case.not-accepted', '2026-09-15 09:00').events;
    const tracks = judgeCase('C-1', events, book);
    expect(verdictAt(tracks, at('2026-12-01'))).toMatchObject({ light: 'green', open: false });
    expect(tracks.outcome).toBe('not-accepted');
    expect(tracks.findings).toMatchObject([{ code: 'DQ-3', ref: 'accepted-and-not-accepted' }]);
  });

  it('moves a due instant that the case carries by whole working days, at its own time of day', () => {
    const carried = bookOf({ A: { name: '事项', promise: 'carried' } });
    const events = aCase('A')
      .accepted('2026-09-14 09:00', { promiseDueAt: '2026-09-18T23:59:59+08:00' })
      .suspended('2026-09-15 09:00', { daysApplied: 1 })
      .resumed('2026-09-16 10:00').events;
    const verdict = verdictAt(judgeCase('C-1', events, carried), at('2026-09-17'));
    expect(show(verdict.clocks.find((clock) => clock.clock === 'promise')!.dueAt)).toBe(
      '2026-09-20 23:59:59.000',
    );
  });
});
