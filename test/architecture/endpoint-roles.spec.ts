import { setTimeout as pause } from 'node:timers/promises';
import { EndpointsDecided } from '../../apps/monitor/src/identity/endpoints-decided';
import { ROLES, type Role } from '../../apps/monitor/src/identity/principal';
import { serveSite, type Browser, type ServedSite } from '../../apps/monitor/src/testing/served-site';
import { accepted, at, event, rulesetText } from '../../apps/monitor/src/testing/site';
import { ENDPOINT_ROWS, type EndpointRow } from './endpoint-role-rows';

const DEPARTMENT_PEOPLE: readonly Role[] = ['department-head', 'post'];
/** What stands in rows of the other department, and in nothing else. */
const CASE_OF_ANOTHER_DEPARTMENT = /MARKET-SECRET/;
const OF_ANOTHER_DEPARTMENT = /MARKET-SECRET|市场监督管理局/;

/** Two departments, in two districts. */
const RULES = `${rulesetText()
  .replace('{ name: 住房和城乡建设局 }', '{ name: 住房和城乡建设局, district: east }')
  .replace('{ name: 市场监督管理局 }', '{ name: 市场监督管理局, district: west }')}  M0101:
    name: MARKET-SECRET-ITEM
    department: market
    promise: 5wd
    delivery: none
`;

type Outcome = 'answered' | 'nobody' | 'refused' | 'fault';

function outcomeOf(status: number): Outcome {
  if (status === 401) return 'nobody';
  if (status === 403) return 'refused';
  return status < 500 ? 'answered' : 'fault';
}

const ofMarket = (caseNo: string) => {
  const data = { item: 'M0101', department: 'market', officer: 'MARKET-SECRET-OFFICER' };
  return event('case.accepted', caseNo, '2026-09-14T10:00', data);
};

describe('the endpoints of the monitor', () => {
  let served: ServedSite;
  const browsers = new Map<Role, Browser>();

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05', {}, (site) => site.writeRuleset(RULES));
    const { site, monitor } = served;
    for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
    await site.send(accepted('H-1', '2026-09-14T10:00'), ofMarket('MARKET-SECRET-1'));
    await site.log.append('mingjian.step-events', [{ key: 'x', value: 'MARKET-SECRET no JSON' }]);
    await monitor.intake.drain();
    await monitor.quarantine.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
    for (const role of ROLES)
      await served.addUser(role, [role], DEPARTMENT_PEOPLE.includes(role) ? 'housing' : null);
    await served.addUser('supervisor-west', ['inspector'], null, 'west');
    await served.addUser('supervisor-east', ['inspector'], null, 'east');
  });
  afterAll(() => served.close());

  const browserOf = async (role: Role): Promise<Browser> => {
    const known = browsers.get(role);
    if (known !== undefined && (await known.ask('GET', '/v1/session')).status === 200) return known;
    const opened = await served.signedIn(role);
    browsers.set(role, opened);
    return opened;
  };
  const request = (route: string, row: EndpointRow): [method: string, path: string, body: unknown] => {
    const [method = '', template = ''] = route.split(' ');
    return [method, row.path ?? template.replace(/:\w+/g, 'none'), row.body];
  };

  it('have a row each in endpoint-role-rows.ts, and no row is left over', () => {
    const routes = served.app
      .get(EndpointsDecided)
      .endpoints()
      .map(({ route }) => route);
    expect(routes.filter((route) => !(route in ENDPOINT_ROWS))).toEqual([]);
    expect(Object.keys(ENDPOINT_ROWS).filter((route) => !routes.includes(route))).toEqual([]);
  });

  it('say in the code whom they let in as the rows say it', () => {
    const said = Object.fromEntries(
      served.app
        .get(EndpointsDecided)
        .endpoints()
        .map(({ route, allowed, openBecause }) => [
          route,
          openBecause === null ? [...(allowed ?? [])].sort() : 'open',
        ]),
    );
    const wanted = Object.fromEntries(
      Object.entries(ENDPOINT_ROWS).map(([route, { may }]) => [
        route,
        may === 'open' ? may : [...may].sort(),
      ]),
    );
    expect(said).toEqual(wanted);
  });

  describe.each(Object.entries(ENDPOINT_ROWS))('%s', (route, row) => {
    it('is refused to who has not signed in, unless it is open', async () => {
      const { status } = await served.browser().ask(...request(route, row));
      expect(outcomeOf(status)).toBe(row.may === 'open' ? 'answered' : 'nobody');
    });

    const asked = ROLES.filter((role) => !(row.isStream && row.may.includes(role)));
    for (const role of row.may === 'open' ? [] : asked)
      it(`answers ${role} as the row says`, async () => {
        const { status } = await (await browserOf(role)).ask(...request(route, row));
        const may = row.may.includes(role);
        expect(outcomeOf(status)).toBe(may ? 'answered' : 'refused');
        expect(status).toBe(may ? (row.status ?? status) : 403);
      });

    for (const role of row.isStream ? [] : DEPARTMENT_PEOPLE)
      it(`tells ${role} nothing of another department`, async () => {
        const [method, path, body] = request(route, row);
        const { text, status } = await (await browserOf(role)).ask(method, path, body);
        // What was asked for may be named in the answer.
        const answered = path
          .split(/[/?]/)
          .reduce((left, part) => (part === '' ? left : left.replaceAll(part, '…')), text);
        expect(answered).not.toMatch(
          row.namesDepartments ? CASE_OF_ANOTHER_DEPARTMENT : OF_ANOTHER_DEPARTMENT,
        );
        expect(status).toBeLessThan(500);
      });
  });

  it('show who sees everything the rows of both departments', async () => {
    const inspector = await browserOf('inspector');
    for (const path of ['/v1/cases', '/v1/lights', '/v1/cases/MARKET-SECRET-1', '/v1/overview'])
      expect((await inspector.ask('GET', path)).text).toMatch(OF_ANOTHER_DEPARTMENT);
  });

  it('answer a case of another department like one that does not exist', async () => {
    const head = await browserOf('department-head');
    const [other, none] = [
      await head.ask('GET', '/v1/cases/MARKET-SECRET-1'),
      await head.ask('GET', '/v1/cases/NOBODYS-CASE-1'),
    ];
    expect(other.status).toBe(404);
    expect(other.text.replaceAll('MARKET-SECRET-1', 'NOBODYS-CASE-1')).toBe(none.text);
  });

  it('write into the log who asked for what is not theirs, without what was in the address', async () => {
    const head = await browserOf('department-head');
    served.site.logged.length = 0;
    await head.ask('POST', '/v1/users/SECRET-IN-THE-PATH/unlock');
    const line = served.site.logged.find((logged) => logged.includes('roles do not let them'))!;
    expect(JSON.parse(line)).toMatchObject({ level: 'warn', method: 'POST', route: '/v1/users/:id/unlock' });
    expect(line).not.toContain('SECRET-IN-THE-PATH');
  });

  it('show a department its own rows, whatever it asks for', async () => {
    const head = await browserOf('department-head');
    expect((await head.ask('GET', '/v1/cases')).text).toContain('H-1');
    expect((await head.ask('GET', '/v1/cases/H-1')).status).toBe(200);
    const { body } = await head.ask('GET', '/v1/cases?department=market');
    expect(body.cases).toEqual([]);
    expect((await head.ask('GET', '/v1/overview')).body.departments).toEqual([
      expect.objectContaining({ department: 'housing' }),
    ]);
  });

  it('show the supervisor of a district the departments of that district', async () => {
    const [west, east] = [await served.signedIn('supervisor-west'), await served.signedIn('supervisor-east')];
    expect((await west.ask('GET', '/v1/cases')).text).toContain('MARKET-SECRET-1');
    expect((await west.ask('GET', '/v1/cases')).text).not.toContain('H-1');
    expect((await east.ask('GET', '/v1/cases')).text).not.toMatch(OF_ANOTHER_DEPARTMENT);
    expect((await east.ask('GET', '/v1/cases/MARKET-SECRET-1')).status).toBe(404);
  });

  it.each([
    '/v1/ledger/entries?subject=MARKET-SECRET-1',
    '/v1/handovers/leads?from=2026-09-01T00:00:00Z&to=2026-09-30T00:00:00Z&red=1',
  ])('tell the supervisor of a district by %s of its departments alone', async (path) => {
    const [west, east] = [await served.signedIn('supervisor-west'), await served.signedIn('supervisor-east')];
    expect((await west.ask('GET', path)).text).toMatch(/MARKET-SECRET-1|market/);
    const { status, text } = await east.ask('GET', path);
    expect(status).toBe(200);
    expect(text).not.toMatch(/MARKET-SECRET|market|市场监督管理局/);
  });

  it('stream to a department its own light changes, and end with the session', async () => {
    const { site, monitor, url } = served;
    const head = await served.signedIn('department-head');
    const leave = new AbortController();
    const stream = await fetch(`${url}/v1/lights/stream?after=0`, {
      headers: { cookie: head.cookie },
      signal: leave.signal,
    });
    expect(stream.status).toBe(200);
    let told = '';
    const ended = (async () => {
      for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) told += chunk;
      return 'ended';
    })();
    for (let i = 0; i < 500 && !told.includes('H-1'); i++) await pause(10);
    expect(told).toContain('H-1');
    expect((await head.ask('DELETE', '/v1/session')).status).toBe(204);
    site.clock.moveTo(site.clock.now() + 60_000);
    // News of both departments; the one who listens is not signed in any more.
    await site.send(accepted('H-2', '2026-09-24T09:00'), ofMarket('MARKET-SECRET-2'));
    await monitor.intake.drain();
    expect(await Promise.race([ended, pause(20_000).then(() => 'still open')])).toBe('ended');
    leave.abort();
    expect(told).not.toMatch(OF_ANOTHER_DEPARTMENT);
    expect(told).not.toContain('H-2');
  });
});
