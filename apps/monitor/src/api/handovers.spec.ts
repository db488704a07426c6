import { strFromU8, unzipSync } from 'fflate';
import { rowOfLine } from '@mingjian/ledger';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, at } from '../testing/site';

describe('the API of the ledger and of hand-overs', () => {
  let served: ServedSite;
  let inspector: Browser;
  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05');
    await served.site.send(accepted('C-1', '2026-09-14T10:00'));
    await served.monitor.intake.drain();
    served.site.clock.moveTo(at('2026-09-25T10:00'));
    await served.monitor.sweep.runOnce(served.site.clock.now());
    for (const [name, role, department] of [
      ['inspector', 'inspector', null],
      ['auditor', 'auditor', null],
      ['head', 'department-head', 'housing'],
    ] as const)
      await served.addUser(name, [role], department);
    inspector = await served.signedIn('inspector');
  });
  afterAll(() => served.close());

  const handover = { kind: 'case', caseNo: 'C-1', reason: '群众反映超期' };

  it('hands over, names the inspector in register and ledger, and gives each package as it was made', async () => {
    const made = await inspector.ask('POST', '/v1/handovers', { handover });
    expect(made).toMatchObject({ status: 201, body: { no: '移交〔2026〕1号', actorName: 'inspector' } });
    const listed = await inspector.ask('GET', '/v1/handovers');
    expect(listed.body['handovers']).toEqual([made.body]);
    const response = await fetch(`${served.url}/v1/handovers/${made.body['id']}/package?variant=unit`, {
      headers: { cookie: inspector.cookie },
    });
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as object;
    expect(manifest).toMatchObject({ no: '移交〔2026〕1号', variant: 'unit', reason: '依规不予提供' });
    const { body } = await inspector.ask('GET', '/v1/ledger/entries?subject=C-1');
    for (const entry of body['entries'] as object[])
      expect(rowOfLine(JSON.stringify(entry), entry as Record<string, unknown>)).not.toBeNull();
  });

  it('lets auditors read, and shows departments nothing of it', async () => {
    const auditor = await served.signedIn('auditor');
    const head = await served.signedIn('head');
    for (const path of [
      '/v1/handovers',
      '/v1/handovers/1/package',
      '/v1/ledger',
      '/v1/ledger/entries?subject=C-1',
    ]) {
      expect([path, (await auditor.ask('GET', path)).status]).toEqual([path, 200]);
      expect([path, (await head.ask('GET', path)).status]).toEqual([path, 403]);
      expect([path, (await served.browser().ask('GET', path)).status]).toEqual([path, 401]);
    }
    expect((await auditor.ask('POST', '/v1/handovers', { handover })).status).toBe(403);
  });

  it('names what is wrong with a request', async () => {
    const wrong = await inspector.ask('POST', '/v1/handovers', { handover: { kind: 'case', caseNo: 'C-1' } });
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining('reason') as string });
    const unknown = { handover: { ...handover, caseNo: 'C-9' } };
    expect(await inspector.ask('POST', '/v1/handovers', unknown)).toMatchObject({
      status: 400,
      text: expect.stringContaining('C-9') as string,
    });
    expect((await inspector.ask('GET', '/v1/handovers/99/package')).status).toBe(404);
  });

  it('finds the departments that reached a threshold', async () => {
    const period = `from=${encodeURIComponent('2026-09-01T00:00:00+08:00')}&to=${encodeURIComponent('2026-09-30T23:59:59+08:00')}`;
    const found = await inspector.ask('GET', `/v1/handovers/leads?${period}&red=1`);
    expect(found.body['leads']).toEqual([
      {
        department: 'housing',
        departmentName: '住房和城乡建设局',
        red: 1,
        badRatings: 0,
        returned: 0,
        complaints: 0,
        reopened: 0,
      },
    ]);
    expect((await inspector.ask('GET', `/v1/handovers/leads?${period}&red=2`)).body['leads']).toEqual([]);
  });
});
