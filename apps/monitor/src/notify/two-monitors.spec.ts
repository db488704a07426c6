import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnTypescript } from '../../../../libs/runtime/src/testing/spawn-typescript';
import { accepted, removeSite } from '../testing/site';
import { openNotifySite, recipientsText, removeRecipients, writeRecipients } from './testing/notify-site';
import { httpReceiver, smtpReceiver, timesTaken, type Receiver } from './testing/receivers';

const CHILD = join(__dirname, 'testing', 'notify-child.ts');
const CASES = 40;

/** What this spec guarantees: two monitors on one store send each message once, whichever of them does it. */
describe('two monitors on one store, each a process of its own', () => {
  let smtp: Receiver;
  let http: Receiver;
  afterEach(() => Promise.all([smtp.stop(), http.stop()]));

  it('tell each recipient of each light once, while receivers fail in between', async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    const file = writeRecipients(recipientsText(smtp, http));
    const site = await openNotifySite('2026-09-14T10:00', file);
    await site.receive(...Array.from({ length: CASES }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    await site.close();
    http.next = [{ refuse: 500 }, 'slow', { refuse: 500 }, 'slow'];
    smtp.next = ['slow', { refuse: 451 }, 'slow', { refuse: 421 }];
    // The first judges shard 0 and makes the messages, the second shard 1; both send what waits.
    const instants = ['2026-09-22T10:00:00', '2026-09-24T10:00:00'];
    const children = ['0', '1'].map((shard) => spawnTypescript(CHILD, [site.dir, file, shard, ...instants]));
    await Promise.all(children.map((child) => child.untilLines(1)));
    writeFileSync(join(site.dir, 'go'), '');
    await Promise.all(children.map(({ process }) => once(process, 'close')));
    for (const { lines } of children) expect(lines).toEqual(['open', 'done']);

    // What the one wrote last the other may have left: a single monitor finishes it.
    const after = await openNotifySite('2026-09-24T11:00', file, site.dir);
    await after.monitor.notifier.runOnce();
    const [counts] = await after.store.query<{ messages: number; notices: number; sent: number }>(
      "SELECT COUNT(*) AS messages, SUM(notices) AS notices, SUM(CASE state WHEN 'sent' THEN 1 ELSE 0 END) AS sent " +
        'FROM notification_message',
    );
    const byGrade = await after.store.query<{ grade: string; state: string; n: number }>(
      'SELECT grade, state, COUNT(*) AS n FROM notification GROUP BY grade, state ORDER BY grade, state',
    );
    const [red, ...yellow] = byGrade;
    // Red on five pairs of recipient and channel, yellow on three: told, or muted where red of the other clock came first.
    expect(red).toEqual({ grade: 'red', state: 'formed', n: CASES * 5 });
    expect(yellow.reduce((sum, { n }) => sum + n, 0)).toBe(CASES * 3);
    const formed = byGrade.filter(({ state }) => state === 'formed').reduce((sum, { n }) => sum + n, 0);
    expect(counts!.notices).toBe(formed);
    expect(counts!.sent).toBe(counts!.messages);
    expect([...timesTaken(smtp), ...timesTaken(http)].every((times) => times === 1)).toBe(true);
    expect(smtp.taken.length + http.taken.length).toBe(counts!.messages);
    await after.close();
    removeSite(site.dir);
    removeRecipients(file);
  }, 90_000);
});
