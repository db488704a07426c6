import { strFromU8, unzipSync } from 'fflate';
import { verifyProof, type LedgerProof } from '@mingjian/ledger';
import { openRegistry } from '@mingjian/runtime';
import {
  handoverFile,
  listHandovers,
  RowScope,
  type HandoverRow,
  type HandoverVariant,
} from '@mingjian/store';
import { join } from 'node:path';
import { LedgerKeeper } from '../ledger/ledger-keeper';
import { accepted, at, event, openSite, removeSite, type Site } from '../testing/site';
import { findLeads, type HandoverRequest } from './choose-cases';
import { makeHandover } from './make-handover';

const ACTOR = { id: 'inspector-1', name: '李监察' };
const SEPTEMBER = { from: at('2026-09-01T00:00'), to: at('2026-10-01T00:00') - 1 };

describe('a hand-over', () => {
  let site: Site;
  let keeper: LedgerKeeper;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
    keeper = new LedgerKeeper({
      store: site.store,
      clock: site.clock,
      registry: openRegistry(),
      logger: site.monitor.ports.logger,
      keyFile: join(site.dir, 'ledger-key.pem'),
      algorithm: 'sha256',
      startOfDay: (now) => now,
    });
    await site.receive(
      accepted('C-1', '2026-09-14T10:00'),
      accepted('C-2', '2026-09-14T10:00'),
      event('case.submitted', 'C-1', '2026-09-14T09:00', {
        item: 'A0101',
        department: 'housing',
        applicant: 'feedfacefeedface',
      }),
      event('step.started', 'C-1', '2026-09-15T10:00', { step: 'review', complainant: '王小明' }),
      event(
        'case.rated',
        'C-1',
        '2026-09-18T10:00',
        { grade: 1, realName: true, reason: '王小明反映：无理由超过法定办理时间', phone: '13800000000' },
        { id: 'rating-of-wang' },
      ),
    );
    site.clock.moveTo(at('2026-09-25T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    await keeper.runOnce();
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const make = (request: HandoverRequest): Promise<HandoverRow> =>
    makeHandover(
      { store: site.store, rules: site.monitor.rules.current, now: site.clock.now() },
      request,
      ACTOR,
      RowScope.everything,
    );

  async function files(row: HandoverRow, variant: HandoverVariant): Promise<Record<string, string>> {
    const unpacked = unzipSync(await handoverFile(site.store, row.id, variant));
    const texts: Record<string, string> = {};
    for (const [name, bytes] of Object.entries(unpacked))
      texts[name] = name.endsWith('.docx')
        ? strFromU8(unzipSync(bytes)['word/document.xml']!)
        : strFromU8(bytes);
    return texts;
  }

  it('holds the records of a case, the account of its clocks and a proof, and stands in register and ledger', async () => {
    const row = await make({ kind: 'case', caseNo: 'C-1', reason: '群众反映超期' });
    expect(row).toMatchObject({
      no: '移交〔2026〕1号',
      department: 'housing',
      cases: 1,
      actor: 'inspector-1',
    });
    const given = await files(row, 'inspection');
    expect(Object.keys(given)).toEqual([
      'dossier.json',
      'handover.docx',
      'handover.html',
      'ledger-proof.json',
      'manifest.json',
    ]);
    for (const page of [given['handover.html'], given['handover.docx']])
      for (const text of [
        '移交〔2026〕1号',
        '群众反映超期',
        '住房和城乡建设局',
        '承诺时限',
        '李监察',
        '办理过程',
      ])
        expect(page).toContain(text);
    // No word that only we understand on a page for people.
    expect(given['handover.html']).not.toMatch(/>promise<|case\.rated|undefined|null|light/);
    const dossier = JSON.parse(given['dossier.json']!) as {
      cases: { lightChanges: unknown[]; events: unknown[] }[];
    };
    expect(dossier.cases[0]!.events).toHaveLength(4);
    expect(dossier.cases[0]!.lightChanges.length).toBeGreaterThan(1);
    expect(await site.store.query("SELECT subject, body FROM ledger_entry WHERE chain = 'handover'")).toEqual(
      [{ subject: row.no, body: expect.stringContaining(row.digest) as string }],
    );
    expect((await make({ kind: 'case', caseNo: 'C-2', reason: '同上' })).no).toBe('移交〔2026〕2号');
    expect(await listHandovers(site.store, RowScope.everything, {}, 10)).toHaveLength(2);
    expect(await listHandovers(site.store, RowScope.ofDepartments(['market']), {}, 10)).toEqual([]);
  });

  it('proves each light of the case by a signed root, without the rows of other cases', async () => {
    const row = await make({ kind: 'case', caseNo: 'C-1', reason: '群众反映超期' });
    const text = (await files(row, 'inspection'))['ledger-proof.json']!;
    expect(text).not.toContain('C-2');
    const proof = JSON.parse(text) as LedgerProof;
    const key = (await keeper.open())!;
    const report = verifyProof(proof, key.id);
    expect(report).toMatchObject({ problem: null, uncovered: 0, keys: [key.id] });
    expect(report.proven).toBeGreaterThan(1);
    const forged = JSON.parse(text.replaceAll('yellow', 'green')) as LedgerProof;
    expect(verifyProof(forged, null).problem).toMatch(/was changed/);
    expect(verifyProof(proof, 'f'.repeat(64)).problem).toMatch(/another key/);
    proof.rows[0]!.path = [];
    expect(verifyProof(proof, null).problem).toMatch(/does not lead/);
  });

  it('does not tell the unit concerned who complained, nor in what words', async () => {
    const row = await make({ kind: 'case', caseNo: 'C-1', reason: '王小明来信反映' });
    // Nor does the ledger, from which nothing can be erased.
    const ledger = await site.store.query('SELECT subject, actor, body FROM ledger_entry');
    expect(JSON.stringify(ledger)).not.toContain('王小明');
    const all = async (variant: HandoverVariant): Promise<string> =>
      Object.values(await files(row, variant)).join('\n');
    const secrets = ['王小明', '13800000000', 'feedfacefeedface', 'rating-of-wang', 'realName'];
    const [inspection, unit] = [await all('inspection'), await all('unit')];
    for (const secret of secrets) {
      expect(inspection).toContain(secret);
      expect(unit).not.toContain(secret);
    }
    expect(unit).toContain('信访工作条例');
    // What the unit has to answer for is there.
    expect(unit).toContain('承诺时限');
  });

  it('is made of the same bytes by the same rows at the same instant', async () => {
    const request: HandoverRequest = { kind: 'case', caseNo: 'C-1', reason: '群众反映超期' };
    const first = await make(request);
    await site.store.write(async (tx) => {
      await tx.execute('DELETE FROM handover');
      await tx.execute("UPDATE yearly_number SET last_number = 0 WHERE series LIKE 'handover/%'");
    });
    const second = await make(request);
    expect([second.digest, second.unitDigest]).toEqual([first.digest, first.unitDigest]);
  });

  it('finds departments that reached a threshold, and hands over the cases that count', async () => {
    const leads = (thresholds: object): Promise<unknown[]> =>
      findLeads(site.store, thresholds, SEPTEMBER.from, SEPTEMBER.to, RowScope.everything);
    expect(await leads({ red: 3 })).toEqual([
      { department: 'housing', red: 3, badRatings: 1, returned: 0, complaints: 0, reopened: 0 },
    ]);
    expect(await leads({ red: 4, returned: 1 })).toEqual([]);
    expect(await leads({ badRatings: 1 })).toHaveLength(1);
    const row = await make({ kind: 'lead', department: 'housing', ...SEPTEMBER, reason: '一个月三次红灯' });
    expect(row).toMatchObject({ kind: 'lead', cases: 2 });
    expect((await files(row, 'inspection'))['handover.html']).toContain('3 次');
    await expect(
      make({ kind: 'department', department: 'market', ...SEPTEMBER, reason: '无' }),
    ).rejects.toThrow(/red lights, bad ratings, returned cases or complaints/);
  });
});
