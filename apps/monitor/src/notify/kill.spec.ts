import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { spawnTypescript } from '../../../../libs/runtime/src/testing/spawn-typescript';
import { accepted, removeSite } from '../testing/site';
import { openNotifySite, recipientsText, removeRecipients, writeRecipients } from './testing/notify-site';
import { distinct, httpReceiver, smtpReceiver, timesTaken, type Receiver } from './testing/receivers';

const CHILD = join(__dirname, 'testing', 'notify-child.ts');

/** What this spec guarantees: what was sent and not recorded is sent once more, under the same key, and no more than that. */
describe('a monitor that is killed between sending and recording', () => {
  let smtp: Receiver;
  let http: Receiver;
  afterEach(() => Promise.all([smtp.stop(), http.stop()]));

  it('repeats at most what it had in hand, under the same keys, over several kills', async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    const file = writeRecipients(recipientsText(smtp, http));
    const first = await openNotifySite('2026-09-14T10:00', file);
    // Each day other cases turn yellow.
    for (const day of ['14', '15', '16', '17'])
      await first.send(
        ...Array.from({ length: 5 }, (_, n) => accepted(`C-${day}-${n}`, `2026-09-${day}T10:00`)),
      );
    await first.close();

    const kills = [
      ['2026-09-22T10:00', http],
      ['2026-09-23T10:00', smtp],
      ['2026-09-24T10:00', http],
      ['2026-09-25T10:00', smtp],
    ] as const;
    for (const [now, receiver] of kills) {
      receiver.next.push('hold');
      const child = spawnTypescript(CHILD, [first.dir, file, '', now]);
      // What came first may be the repeat of what the process before had in hand: the next one is held then.
      await until(() => receiver.next.length === 0);
      await child.kill();
    }
    const site = await openNotifySite('2026-09-25T11:00', file, first.dir);
    await site.monitor.notifier.runOnce();
    const [counts] = await site.store.query<{ messages: number; sent: number; notices: number }>(
      "SELECT COUNT(*) AS messages, SUM(notices) AS notices, SUM(CASE state WHEN 'sent' THEN 1 ELSE 0 END) AS sent " +
        'FROM notification_message',
    );
    expect(counts!.sent).toBe(counts!.messages);
    // As the receivers count by key, every message came; each kill repeats what was in hand, at most two a channel.
    expect(distinct(http).length + distinct(smtp).length).toBe(counts!.messages);
    const repeats = [...timesTaken(http), ...timesTaken(smtp)].map((times) => times - 1);
    const repeated = repeats.reduce((sum, times) => sum + times, 0);
    expect(repeated).toBeGreaterThanOrEqual(kills.length);
    expect(repeated).toBeLessThanOrEqual(2 * kills.length);
    // Every notification of every light stands in one message: 20 yellow on three pairs, and 10 red on five.
    expect(counts!.notices).toBe(20 * 3 + 10 * 5);
    await site.close();
    removeSite(first.dir);
    removeRecipients(file);
  }, 240_000);
});

async function until(condition: () => boolean): Promise<void> {
  for (let n = 0; n < 9_000; n++) {
    if (condition()) return;
    await pause(10);
  }
  throw new Error('it did not come to that');
}
