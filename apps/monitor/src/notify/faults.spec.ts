import { accepted, at, removeSite, type Site } from '../testing/site';
import { openNotifySite, recipientsText, removeRecipients, writeRecipients } from './testing/notify-site';
import { distinct, httpReceiver, smtpReceiver, type Behaviour, type Receiver } from './testing/receivers';

const RUNS = 12;
const CASES = 6;
const HTTP: readonly Behaviour[] = [
  'take',
  'slow',
  'cut-after',
  { refuse: 500 },
  { refuse: 503 },
  { refuse: 429 },
];
const SMTP: readonly Behaviour[] = [
  'take',
  'slow',
  'cut-after',
  { refuse: 421 },
  { refuse: 451 },
  { refuse: 452 },
];

/** A course of faults that depends on the seed alone. */
function faults(of: readonly Behaviour[], seed: number, count: number): Behaviour[] {
  let state = seed * 2_654_435_761;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return of[state % of.length]!;
  });
}
const cutsOf = (course: readonly Behaviour[]): number => course.filter((one) => one === 'cut-after').length;

/**
 * What this spec guarantees: whatever the course of refusals, delays and cuts, every message arrives, and comes again under
 * its key exactly as often as the receiver broke off after it had taken it.
 */
describe('receivers that fail in any order', () => {
  let smtp: Receiver;
  let http: Receiver;
  let site: Site;
  let file: string;

  beforeEach(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    file = writeRecipients(recipientsText(smtp, http));
    site = await openNotifySite('2026-09-14T10:00', file);
  });
  afterEach(async () => {
    await site.close();
    await smtp.stop();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });

  it.each(Array.from({ length: RUNS }, (_, n) => n + 1))('course %i', async (seed) => {
    const courses = { smtp: faults(SMTP, seed, 10), http: faults(HTTP, seed + 1_000, 10) };
    smtp.next = [...courses.smtp];
    http.next = [...courses.http];
    await site.receive(...Array.from({ length: CASES }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    for (const until of ['2026-09-22T10:00', '2026-09-24T10:00']) {
      site.clock.moveTo(Math.max(at(until), site.clock.now()));
      await site.monitor.sweep.runOnce(site.clock.now());
      await untilSent();
    }
    const [counts] = await site.store.query<{ messages: number; notices: number }>(
      "SELECT COUNT(*) AS messages, SUM(notices) AS notices FROM notification_message WHERE state = 'sent'",
    );
    expect(counts!.notices).toBe(CASES * (3 + 5));
    expect(distinct(smtp).length + distinct(http).length).toBe(counts!.messages);
    const used = (receiver: Receiver, course: readonly Behaviour[]): number =>
      cutsOf(course.slice(0, course.length - receiver.next.length));
    expect(smtp.taken.length - distinct(smtp).length).toBe(used(smtp, courses.smtp));
    expect(http.taken.length - distinct(http).length).toBe(used(http, courses.http));
  });

  async function untilSent(): Promise<void> {
    for (let n = 0; n < 60; n++) {
      await site.monitor.notifier.runOnce();
      const [row] = await site.store.query<{ n: number }>(
        "SELECT COUNT(*) AS n FROM notification_message WHERE state = 'waiting'",
      );
      if (row?.n === 0) return;
      site.clock.moveTo(site.clock.now() + 150_000);
    }
    throw new Error('something still waits');
  }
});
