import { listNotifications, RowScope } from '@mingjian/store';
import { accepted, at, removeSite, type Site } from '../testing/site';
import { openNotifySite, removeRecipients, writeRecipients } from './testing/notify-site';
import { distinct, httpReceiver, type Receiver } from './testing/receivers';

/* What this spec guarantees: a ladder does not end at a role that nobody holds, nor at one held by who was silent already; nobody is
   told at night what was due by day, nor blamed for not acknowledging what was not told. */

const TELLS = (person: string, roles: string, more = ''): string =>
  `  ${person}: { name: 某人, roles: [${roles}], departments: [housing], via: { hook: ${person} }${more} }\n`;

describe('telling', () => {
  let http: Receiver;
  let site: Site;
  let file: string;

  async function open(people: string): Promise<void> {
    file = writeRecipients(`
recipients: test
version: '1'
groupSeconds: 0
acknowledge: { yellow: { within: 4wh } }
ladder: [post, department-head, supervisor]
channels: { hook: { kind: webhook, url: 'http://127.0.0.1:${http.port}/hook', secretFile: secret, timeoutSeconds: 2 } }
people:
${people}`);
    site = await openNotifySite('2026-09-14T10:00', file);
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
  }
  beforeEach(async () => (http = await httpReceiver()));
  afterEach(async () => {
    await site.close();
    await http.stop();
    removeSite(site.dir);
    removeRecipients(file);
  });

  async function pass(time: string): Promise<void> {
    site.clock.moveTo(at(time));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.notifier.runOnce();
  }
  const told = (): string[] => distinct(http).map(({ body }) => (JSON.parse(body) as { to: string }).to);

  it('goes on above a role that nobody holds', async () => {
    await open(TELLS('post-1', 'post') + TELLS('boss', 'supervisor'));
    await pass('2026-09-22T10:00');
    expect(told()).toEqual(['post-1']);
    await pass('2026-09-22T15:31');
    expect(told()).toEqual(['post-1', 'boss']);
  });

  it('goes on above a role that only the one holds who was silent', async () => {
    await open(TELLS('both', 'post, department-head') + TELLS('boss', 'supervisor'));
    await pass('2026-09-22T10:00');
    for (const time of ['2026-09-22T15:31', '2026-09-23T16:00', '2026-09-24T16:00']) await pass(time);
    expect(told().filter((one) => one === 'both')).toHaveLength(1 + 1);
    expect(told().indexOf('boss')).toBe(1);
  });

  it('of what concerns roles that nobody holds is counted and logged with the department, each once', async () => {
    await open(TELLS('boss', 'supervisor'));
    for (const time of ['2026-09-22T10:00', '2026-09-22T11:00']) await pass(time);
    expect(told()).toEqual([]);
    expect(await site.registry.metrics()).toContain(
      'mingjian_notifications_total{channel="none",result="nobody"} 1',
    );
    const lines = site.logged.filter((line) => line.includes('Nobody of the recipients'));
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'warn', notices: 1, departments: ['housing'] },
    ]);
    // Red is for the supervisor, too.
    await pass('2026-09-24T10:00');
    expect(told()).toEqual(['boss']);
  });

  it('late, because no monitor ran, waits for the next opening, and so does the time for acknowledging', async () => {
    await open(
      TELLS('post-1', 'post') +
        TELLS('boss', 'supervisor') +
        TELLS('screen', 'post', ', quiet: never, acknowledges: false'),
    );
    // The light of midnight is written down early and to be told at nine; then nothing runs until the evening.
    site.clock.moveTo(at('2026-09-22T08:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    http.next = [{ refuse: 503 }];
    await site.monitor.notifier.runOnce();
    await pass('2026-09-22T22:00');
    expect(told()).toEqual(['screen']);
    await pass('2026-09-23T08:59');
    expect(told()).toEqual(['screen']);
    await pass('2026-09-23T09:00');
    expect(told()).toEqual(['screen', 'post-1']);
    const [row] = await listNotifications(site.store, RowScope.everything, {
      recipients: ['post-1'],
      limit: 1,
    });
    expect(new Date(row!.ackDueAt!).toISOString()).toBe(new Date(at('2026-09-23T14:30')).toISOString());
    await pass('2026-09-23T14:30');
    expect(told()).toHaveLength(2);
    await pass('2026-09-23T14:31');
    expect(told()).toEqual(['screen', 'post-1', 'boss']);
  });

  it('over a channel that comes back at night waits for the next opening', async () => {
    await open(TELLS('post-1', 'post'));
    const { port } = http;
    await http.stop();
    await pass('2026-09-22T16:50');
    http = await httpReceiver(port);
    for (const time of ['2026-09-22T22:00', '2026-09-23T00:30', '2026-09-23T08:50']) await pass(time);
    expect(http.attempts).toBe(0);
    await pass('2026-09-23T09:00');
    expect(told()).toEqual(['post-1']);
  });
});
