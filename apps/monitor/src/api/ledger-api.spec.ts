import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { keyIdFrom, publicPemOf, verifyProof, type LedgerProof } from '@mingjian/ledger';
import { openRegistry } from '@mingjian/runtime';
import { RowScope } from '@mingjian/store';
import { LedgerKeeper } from '../ledger/ledger-keeper';
import { INSPECTOR } from '../testing/people';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, at, event, rulesetText } from '../testing/site';

/* What this spec guarantees: what the ledger proves is verified without us; nobody learns from it, nor from the register of
   hand-overs, what rows do not show them; what is not there and what is not theirs look alike. */

/** Two departments, in two districts. */
const RULES = `${rulesetText()
  .replace('{ name: 住房和城乡建设局 }', '{ name: 住房和城乡建设局, district: east }')
  .replace('{ name: 市场监督管理局 }', '{ name: 市场监督管理局, district: west }')}  M0101:
    name: 药品经营许可
    department: market
    promise: 5wd
    delivery: none
`;
const ALL = RowScope.everything;
const period = `from=${encodeURIComponent('2026-09-01T00:00:00+08:00')}&to=${encodeURIComponent('2026-09-30T23:59:59+08:00')}`;

describe('the ledger and the register of hand-overs over HTTP', () => {
  let served: ServedSite;
  let keeper: LedgerKeeper;
  const browsers: Record<string, Browser> = {};
  const ask = (who: string, path: string) => browsers[who]!.ask('GET', path);
  const proofOf = (who: string, subject: string) =>
    ask(who, `/v1/ledger/proof?subject=${encodeURIComponent(subject)}`);
  const entriesOf = async (who: string, subject: string): Promise<object[]> => {
    const { status, body } = await ask(who, `/v1/ledger/entries?subject=${encodeURIComponent(subject)}`);
    expect(status).toBe(200);
    return body['entries'] as object[];
  };

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05', {}, (site) => site.writeRuleset(RULES));
    const { site, monitor } = served;
    const market = { item: 'M0101', department: 'market' };
    await site.send(
      accepted('H-1', '2026-09-14T10:00'),
      event('case.accepted', 'M-1', '2026-09-14T10:00', market),
    );
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-25T10:00'));
    await monitor.sweep.runOnce(site.clock.now());
    for (const [name, role, department, district] of [
      ['inspector', 'inspector', null, null],
      ['east', 'inspector', null, 'east'],
      ['west', 'inspector', null, 'west'],
      ['auditor', 'auditor', null, null],
      ['administrator', 'administrator', null, null],
      ['operator', 'operator', null, null],
      ['head', 'department-head', 'housing', null],
    ] as const) {
      await served.addUser(name, [role], department, district);
      browsers[name] = await served.signedIn(name);
    }
    browsers['nobody'] = served.browser();
    keeper = new LedgerKeeper({
      store: site.store,
      clock: site.clock,
      registry: openRegistry(),
      logger: monitor.ports.logger,
      keyFile: join(site.dir, 'ledger-key.pem'),
      algorithm: 'sha256',
      startOfDay: (now) => now,
    });
  });
  afterAll(() => served.close());

  it('say that no key signs the ledger yet, and then give the public key as a file to keep', async () => {
    expect((await ask('auditor', '/v1/ledger/public-key')).status).toBe(404);
    await keeper.runOnce();
    const key = (await keeper.open())!;
    const { status, text, headers } = await ask('auditor', '/v1/ledger/public-key');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-pem-file']);
    expect(text).toBe(publicPemOf(key.publicKey));
    expect(keyIdFrom(text)).toBe(key.id);
  });

  it('prove each row about a case up to a signed root, which the library verifies without us', async () => {
    const key = (await keeper.open())!;
    const { status, text } = await proofOf('auditor', 'H-1');
    expect(status).toBe(200);
    expect(text).not.toContain('M-1');
    const report = verifyProof(JSON.parse(text) as LedgerProof, key.id);
    expect(report).toMatchObject({ problem: null, uncovered: 0, keys: [key.id] });
    expect(report.proven).toBe((await entriesOf('auditor', 'H-1')).length);
    const forged = JSON.parse(text.replaceAll('yellow', 'green')) as LedgerProof;
    expect(verifyProof(forged, key.id).problem).toMatch(/was changed/);
  });

  it('answer with a problem where the ledger says nothing', async () => {
    const { status, body, text } = await proofOf('inspector', 'NOBODYS-CASE');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      statusCode: 404,
      message: expect.stringContaining('NOBODYS-CASE') as string,
    });
    expect(text).not.toMatch(/ at .*\.ts|node_modules/);
    expect((await ask('inspector', '/v1/ledger/proof')).status).toBe(400);
    expect(await entriesOf('inspector', 'NOBODYS-CASE')).toEqual([]);
  });

  it.each([
    '/v1/ledger',
    '/v1/ledger/public-key',
    '/v1/ledger/entries?subject=H-1',
    '/v1/ledger/proof?subject=H-1',
  ])('show %s to inspectors, auditors and administrators alone', async (path) => {
    for (const [who, status] of [
      ['inspector', 200],
      ['auditor', 200],
      ['administrator', 200],
      ['operator', 403],
      ['head', 403],
      ['nobody', 401],
    ] as const)
      expect([who, (await ask(who, path)).status]).toEqual([who, status]);
  });

  it('show who supervises a district what concerns its departments, and the rest like what is not there', async () => {
    const { row } = await served.monitor.acts.orders.issue(
      {
        department: 'market',
        colour: 'blue',
        title: '督办',
        content: '请说明原因',
        basis: '本市规定',
        sources: [],
      },
      INSPECTOR,
      ALL,
    );
    const [account] = await served.site.store.query<{ subject: string }>(
      "SELECT subject FROM ledger_entry WHERE chain = 'identity' LIMIT 1",
    );
    for (const subject of ['M-1', row.no]) {
      expect(await entriesOf('west', subject)).not.toEqual([]);
      expect(await entriesOf('east', subject)).toEqual([]);
      const [unseen, unknown] = [await proofOf('east', subject), await proofOf('east', 'NOBODYS-CASE')];
      expect(unseen.status).toBe(404);
      expect(unseen.text.replaceAll(subject, 'NOBODYS-CASE')).toBe(unknown.text);
    }
    expect((await proofOf('east', 'H-1')).status).toBe(200);
    // Accounts are the whole site's.
    expect(await entriesOf('inspector', account!.subject)).not.toEqual([]);
    expect(await entriesOf('east', account!.subject)).toEqual([]);
  });

  it('tell of a complaint that is for inspectors alone nobody else, and of others who may see them', async () => {
    const register = async (policy: string): Promise<string> => {
      const { row } = await served.monitor.acts.complaints.register(
        {
          ...{ policy, channel: 'window', kind: 'integrity', department: 'housing' },
          ...{ title: '反映问题', request: '请调查' },
        },
        INSPECTOR,
        ALL,
      );
      return row.no;
    };
    const [open, confidential] = [await register('complaint'), await register('discipline')];
    for (const who of ['inspector', 'east', 'auditor', 'administrator', 'west']) {
      expect([who, (await entriesOf(who, open)).length > 0]).toEqual([who, who !== 'west']);
      const isInspector = who === 'inspector' || who === 'east';
      expect([who, (await entriesOf(who, confidential)).length > 0]).toEqual([who, isInspector]);
      expect((await proofOf(who, confidential)).status).toBe(isInspector ? 200 : 404);
    }
  });

  it('hand over, list and give packages within a district, and keep the register from administrators', async () => {
    const make = (who: string, caseNo: string) =>
      browsers[who]!.ask('POST', '/v1/handovers', { handover: { kind: 'case', caseNo, reason: '超期' } });
    const made = await make('west', 'M-1');
    expect(made.status).toBe(201);
    const { id, no } = made.body as { id: number; no: string };
    for (const [who, isSeen] of [
      ['west', true],
      ['inspector', true],
      ['auditor', true],
      ['east', false],
    ] as const) {
      const listed = (await ask(who, '/v1/handovers')).body['handovers'] as object[];
      expect([who, listed.length]).toEqual([who, isSeen ? 1 : 0]);
      expect((await ask(who, `/v1/handovers/${id}/package`)).status).toBe(isSeen ? 200 : 404);
      const leads = (await ask(who, `/v1/handovers/leads?${period}&red=1`)).text;
      expect([who, leads.includes('market')]).toEqual([who, isSeen]);
      expect((await entriesOf(who, no)).length > 0).toBe(isSeen);
    }
    expect(await entriesOf('administrator', no)).toEqual([]);
    // A case of another district is like one that there is not.
    const [other, none] = [await make('east', 'M-1'), await make('east', 'NOBODYS-CASE')];
    expect([other.status, none.status]).toEqual([400, 400]);
    expect(other.text.replaceAll('M-1', 'NOBODYS-CASE')).toBe(none.text);
    const lead = {
      ...{ kind: 'lead', department: 'market', reason: '超期' },
      ...{ from: '2026-09-01T00:00:00+08:00', to: '2026-09-30T23:59:59+08:00' },
    };
    expect((await browsers['east']!.ask('POST', '/v1/handovers', { handover: lead })).status).toBe(400);
  });

  it('put nothing of a case outside of the district into a package, though a complaint is linked to it', async () => {
    await served.monitor.acts.complaints.register(
      {
        ...{ policy: 'complaint', channel: 'window', kind: 'attitude', department: 'housing' },
        ...{ title: '态度', request: '请调查', caseNo: 'M-1' },
      },
      INSPECTOR,
      ALL,
    );
    const lead = {
      ...{ kind: 'lead', department: 'housing', reason: '超期' },
      ...{ from: '2026-09-01T00:00:00+08:00', to: '2026-09-30T23:59:59+08:00' },
    };
    const cases = async (who: string): Promise<unknown> =>
      (await browsers[who]!.ask('POST', '/v1/handovers', { handover: lead })).body['cases'];
    expect([await cases('inspector'), await cases('east')]).toEqual([2, 1]);
    const [file] = await served.site.store.query<{ id: number }>('SELECT MAX(id) AS id FROM handover');
    const response = await fetch(`${served.url}/v1/handovers/${file!.id}/package`, {
      headers: { cookie: browsers['east']!.cookie },
    });
    expect(response.status).toBe(200);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    expect(
      Object.values(files)
        .map((bytes) => strFromU8(bytes))
        .join('\n'),
    ).not.toContain('M-1');
  });
});
