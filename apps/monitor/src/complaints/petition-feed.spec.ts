import { TOPICS, type ComplaintReport } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { openAutumnSite } from '../testing/autumn-site';
import { passUntil, reopened } from '../testing/pass-time';
import { INSPECTOR } from '../testing/people';
import { removeSite, type Site } from '../testing/site';

/* What this spec guarantees: 复查 and 复核 that another system reports give the same clocks and lights as those that are entered by
   hand, once, whenever and in whatever order they are told of; what a person would be refused goes to quarantine with the reason. */

const ALL = RowScope.everything;
/** A local time, as a report says it. */
const on = (time: string): string => `2026-${time}:00+08:00`;
/** A petition whose opinion was told on Wednesday 2 September. */
const CLOSED: ComplaintReport = {
  policy: 'petition',
  channel: 'web',
  externalNo: 'X-1',
  kind: 'refusal',
  department: 'housing',
  title: '规划许可不予受理',
  request: '请依法受理。',
  person: 'a1b2c3d4e5f60718'.repeat(2),
  registeredAt: on('08-31T09:00'),
  acceptedAt: on('09-01T09:00'),
  transferredAt: on('09-01T10:00'),
  repliedAt: on('09-01T16:00'),
  reply: '经核查，不符合受理条件。',
  closedAt: on('09-02T10:00'),
  verdict: 'invalid',
};
const asked = (time: string): Partial<ComplaintReport> => ({
  reviewRequestedAt: on(time),
  reviewOrgan: '市自然资源和规划局',
  reviewReason: '不服处理意见',
});
const answered = (time: string): Partial<ComplaintReport> => ({
  reviewDecidedAt: on(time),
  reviewOutcome: 'maintained',
  reviewOpinion: '维持原处理意见。',
});
const askedAgain = (time: string): Partial<ComplaintReport> => ({
  recheckRequestedAt: on(time),
  recheckOrgan: '市人民政府',
  recheckReason: '不服复查意见',
});
const heard = (from: string, until: string): Partial<ComplaintReport> => ({
  hearings: [{ from: on(from), until: on(until) }],
});
const concluded = (time: string): Partial<ComplaintReport> => ({
  recheckDecidedAt: on(time),
  recheckOutcome: 'maintained',
  recheckOpinion: '维持复查意见。',
});

describe('the review of a petition, reported by another system', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-09-02T12:00');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const until = (time: string): Promise<void> => passUntil(site, `2026-${time}`);
  const send = async (...parts: readonly Partial<ComplaintReport>[]): Promise<void> => {
    const data = Object.assign({}, CLOSED, ...parts) as ComplaintReport;
    const value = {
      ...{ specversion: '1.0', id: 'e', source: 'petitions', type: 'complaint.reported' },
      ...{ subject: data.externalNo, time: data.registeredAt, data },
    };
    await site.log.append(TOPICS.complaints, [
      { key: `petitions/${data.externalNo}`, value: JSON.stringify(value) },
    ]);
    await site.monitor.complaints.drain();
  };
  const read = (id = 1) => site.monitor.acts.complaints.read(id, INSPECTOR, ALL);
  /** What was done, and each light, behind the six acts of a petition that is closed. */
  const record = async (): Promise<string[]> =>
    (await read()).events
      .map(({ act: done }) => {
        if (done.type !== 'lit' && done.type !== 'unlit') return done.type;
        const time = new Date(done.becameAt + 8 * 3_600_000).toISOString().slice(5, 16);
        const light = done.to === 'yellow' && !done.overdue ? 'pre-warning' : done.to;
        return `${done.type === 'unlit' ? 'not ' : ''}${done.clock} ${light} ${time}`;
      })
      .slice(6);
  const quarantined = async (): Promise<object[]> => {
    await site.monitor.quarantine.drain();
    return site.store.query(
      'SELECT reason, field, expected, got, raw FROM quarantine ORDER BY received_at, id',
    );
  };

  it('has the clocks and lights of one that is entered by hand, with a restart after every report', async () => {
    const review = { ...asked('10-08T16:00') };
    const decided = { ...review, ...answered('11-11T09:00') };
    const recheck = { ...decided, ...askedAgain('11-12T10:00') };
    const hearing = { ...recheck, ...heard('11-16T09:00', '11-20T17:00') };
    const told: [time: string, report: Partial<ComplaintReport>, clock: string | null][] = [
      ['09-02T12:00', {}, null],
      ['10-08T16:00', review, 'review#1'],
      ['11-11T09:00', decided, null],
      ['11-12T10:00', recheck, 'recheck#1'],
      ['11-23T10:00', hearing, 'recheck#1'],
      ['12-01T10:00', { ...hearing, ...concluded('12-01T10:00') }, null],
    ];
    for (const [time, report, clock] of told) {
      await until(time);
      await send(report);
      expect((await read()).verdict.clock).toBe(clock);
      site = await reopened(site);
    }
    expect(await record()).toEqual([
      'review-requested',
      // Thirty days end on Saturday 7 November: Monday 9th.
      'review#1 pre-warning 11-05T00:00',
      'review#1 yellow 11-10T00:00',
      'review#1 red 11-11T00:00',
      'review-decided',
      'recheck-requested',
      'hearing-held',
      'recheck-decided',
    ]);
    expect((await read()).row).toMatchObject({ state: 'rechecked', light: 'red', nextChangeAt: null });
    expect((await read()).facts.reviews).toMatchObject([
      { level: 'review', organ: '市自然资源和规划局', outcome: 'maintained' },
      { level: 'recheck', organ: '市人民政府', outcome: 'maintained', hearings: [{}] },
    ]);
    expect(await quarantined()).toEqual([]);
  });

  it('that is told of late loses the lights that it had meanwhile: by its decision, and by a hearing', async () => {
    await until('09-10T10:00');
    await send(asked('09-10T10:00'));
    await until('10-20T10:00');
    // Thirty days end on Saturday 10 October, a worked one.
    expect((await record()).slice(1)).toEqual([
      'review#1 pre-warning 10-08T00:00',
      'review#1 yellow 10-11T00:00',
      'review#1 red 10-13T00:00',
    ]);
    const recheck = { ...asked('09-10T10:00'), ...answered('09-28T10:00'), ...askedAgain('10-08T10:00') };
    await send(recheck);
    expect((await record()).slice(4)).toEqual([
      'review-decided',
      'recheck-requested',
      'not review#1 pre-warning 10-08T00:00',
      'not review#1 yellow 10-11T00:00',
      'not review#1 red 10-13T00:00',
    ]);
    // Thirty days of 复核 end on Saturday 7 November: Monday 9th.
    await until('11-12T10:00');
    await send(recheck, concluded('11-12T10:00'));
    expect((await read()).row).toMatchObject({ state: 'rechecked', light: 'red' });
    // Only now is told that a week of it was a hearing: the decision, known before, was in time.
    await send(recheck, heard('10-19T09:00', '10-26T17:00'), concluded('11-12T10:00'));
    expect((await read()).row).toMatchObject({ state: 'rechecked', light: 'green', nextChangeAt: null });
    expect((await record()).filter((line) => line.includes('recheck#1 red'))).toEqual([
      'recheck#1 red 11-11T00:00',
      'not recheck#1 red 11-11T00:00',
    ]);
  });

  it('that was not accepted ends its clock when it is told of, late too', async () => {
    await until('09-10T10:00');
    await send(asked('09-10T10:00'));
    await until('10-20T10:00');
    expect((await read()).row).toMatchObject({ state: 'reviewing', light: 'red' });
    await send(asked('09-10T10:00'), { reviewRefusedAt: on('09-14T10:00'), reviewRefusal: '申请材料不全' });
    expect((await read()).row).toMatchObject({ state: 'closed', light: 'green', nextChangeAt: null });
    expect((await record()).filter((line) => line.includes('red'))).toEqual([
      'review#1 red 10-13T00:00',
      'not review#1 red 10-13T00:00',
    ]);
  });

  it('is taken once: over a repeat, an older report that comes after it, and the whole log again', async () => {
    await until('10-20T10:00');
    const whole = [
      ...[asked('09-10T10:00'), answered('09-28T10:00'), askedAgain('09-29T10:00')],
      ...[heard('10-09T09:00', '10-09T11:00'), concluded('10-12T10:00')],
    ];
    await send(...whole);
    const before = await record();
    const acts = [
      'review-requested',
      'review-decided',
      'recheck-requested',
      'hearing-held',
      'recheck-decided',
    ];
    expect(before.filter((line) => acts.includes(line))).toEqual(acts);
    await send(...whole);
    await send(asked('09-10T10:00'));
    await send();
    for (let partition = 0; partition < site.log.partitions; partition++)
      await site.log.rewind(MONITOR_GROUP, TOPICS.complaints, partition, 0);
    await site.monitor.complaints.drain();
    expect(await record()).toEqual(before);
    expect(await quarantined()).toEqual([]);
  });

  it.each<[why: string, reports: Partial<ComplaintReport>[], quarantine: object, state: string | null]>([
    [
      'is asked for too late',
      [asked('10-09T00:00')],
      {
        reason: 'invalid',
        field: 'data.reviewRequestedAt',
        expected: expect.stringContaining('within 30d of the opinion') as string,
        got: '2026-10-08T16:00:00.000Z',
      },
      'closed',
    ],
    [
      'is none of its policy',
      [{ ...asked('09-10T10:00'), policy: 'complaint' }],
      {
        reason: 'invalid',
        field: 'data.reviewRequestedAt',
        expected: expect.stringContaining('complaint knows no 复查') as string,
      },
      'closed',
    ],
    [
      'is decided otherwise than it was before',
      [
        { ...asked('09-10T10:00'), ...answered('09-28T10:00') },
        { ...asked('09-10T10:00'), ...answered('09-28T10:00'), reviewOutcome: 'revoked' },
      ],
      { reason: 'identity-conflict', field: 'data.reviewDecidedAt' },
      'reviewed',
    ],
    [
      'is still to come',
      [asked('12-01T10:00')],
      { reason: 'time-in-future', expected: '2026-12-01T02:00:00.000Z is still to come' },
      null,
    ],
  ])(
    'goes to quarantine where it %s, and keeps what came before it',
    async (_, reports, quarantine, state) => {
      await until('10-20T10:00');
      for (const report of reports) await send(report);
      expect(await quarantined()).toEqual([expect.objectContaining({ ...quarantine, raw: '' })]);
      // It stops no other.
      await send({ externalNo: 'X-2', ...asked('09-10T10:00') });
      const taken = await site.store.query('SELECT external_no, state FROM complaint ORDER BY id');
      const kept = state === null ? [] : [{ external_no: 'X-1', state }];
      expect(taken).toEqual([...kept, { external_no: 'X-2', state: 'reviewing' }]);
    },
  );

  it('goes to quarantine where it leaves no place for what a person entered', async () => {
    await until('09-10T10:00');
    await send();
    const act = { type: 'review-requested', organ: '市自然资源和规划局', reason: '不服' } as const;
    await site.monitor.acts.complaints.act(1, { act }, INSPECTOR, ALL);
    await until('09-11T10:00');
    await send(asked('09-09T10:00'));
    expect(await quarantined()).toMatchObject([
      {
        reason: 'invalid',
        field: 'data.reviewRequestedAt',
        expected:
          'review-requested of 2026-09-10T02:00:00.000Z stands on record, and could not have followed',
      },
    ]);
    expect((await read()).facts).toMatchObject({ misplaced: [], reviews: [{ level: 'review' }] });
  });
});
