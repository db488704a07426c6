import type { ForensicFinding } from '@mingjian/rules';
import { serveSite, type Browser, type ServedSite } from '../../testing/served-site';
import { accepted, event } from '../../testing/site';
import { maskFound, maskName, maskNumber, maskNumbersIn, maskPerson, maskUnknown } from './mask';
import { withMaskedOfficer } from './masked-finding';

/* What this spec guarantees: personal data that a department sends are masked wherever a case is shown, are shown to an inspector
   who says why, and that this is on record. */

describe('masking', () => {
  it.each([
    ['张伟', '张*'],
    ['欧阳修', '欧**'],
    ['王', '王*'],
    ['𠮷野家', '𠮷**'],
  ])('leaves of the name %s its first character', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it.each([
    ['身份证42068419900101123X，请核对', '身份证4206********123X，请核对'],
    ['420684900101123', '4206********1123'],
    ['电话 138-0013-8000', '电话 138****8000'],
    ['+86 13800138000', '+86 138****8000'],
    ['办件 420684-2026-000123', '办件 420684-2026-000123'],
    ['统一社会信用代码 91420684MA4XXXXX1Y', '统一社会信用代码 91420684MA4XXXXX1Y'],
    ['20260914100000', '20260914100000'],
  ])('finds numbers of cards and telephones in %s', (text, masked) => {
    expect(maskNumbersIn(text)).toBe(masked);
  });

  it('leaves codes and offices, not names', () => {
    expect(['0417', 'R-02', '分管副局长', '审批科科长', '张伟', '迪丽热巴·买买提'].map(maskPerson)).toEqual([
      '0417',
      'R-02',
      '分管副局长',
      '审批科科长',
      '张*',
      '迪*******',
    ]);
  });

  it('looks into what nobody said what it is', () => {
    expect(maskUnknown({ who: ['张伟', { card: '420684199001011234' }], age: 41, isMan: true })).toEqual({
      who: ['张*', { card: maskNumber('420684199001011234') }],
      age: '4*',
      isMan: true,
    });
  });
});

describe('what is not about one case', () => {
  it('says of a record in quarantine what was found, without a person', () => {
    expect(maskFound('data.applicant', '"张伟"')).toBe('"张*"');
    expect(maskFound('data.officer', '{"name":"李雷","id":"420684199001011234"}')).not.toMatch(/李雷|1990/);
    expect(maskFound('data.reason', '"请联系13800138000"')).toBe('"请联系138****8000"');
    expect(maskFound('申请人姓名', '"张伟"')).toBe('"张*"');
    expect(maskFound('', '{"XM":"张伟","SFZH":"4206841990010…')).toBe(
      '{"XM":"张*","SFZH":"4206********0010…',
    );
    expect(maskFound('data.officer', 'nothing')).toBe('nothing');
    expect(maskFound('data.step', '["review"]')).toBe('["review"]');
  });

  it('names an officer of a finding by the code alone', () => {
    const finding = (officer: string) =>
      withMaskedOfficer({
        ...({ kind: 'bulk-closing', scope: 'officer', subject: `housing/${officer}` } as ForensicFinding),
        figures: { officer, count: 9 },
      });
    expect(finding('0417')).toMatchObject({
      subject: 'housing/0417',
      figures: { officer: '0417', count: 9 },
    });
    expect(finding('李雷')).toMatchObject({ subject: 'housing/李*', figures: { officer: '李*', count: 9 } });
  });
});

describe('a case that names people', () => {
  const SECRETS = ['张伟', '李雷', '韩梅梅', '420684199001011234', '13800138000'];
  let served: ServedSite;
  const as: Record<string, Browser> = {};

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05');
    await served.site.send(
      accepted('C-1', '2026-09-14T10:00'),
      event('case.suspended', 'C-1', '2026-09-14T11:00', {
        ground: '补充材料，联系电话13800138000',
        notice: '告知书〔2026〕1号',
        approver: '李雷',
        officer: '韩梅梅',
        ...({ applicantName: '张伟', card: '420684199001011234' } as object),
      }),
    );
    await served.monitor.intake.drain();
    await served.addUser('inspector', ['inspector']);
    await served.addUser('west', ['inspector'], null, 'west');
    await served.addUser('head', ['department-head'], 'housing');
    await served.addUser('admin2', ['administrator']);
    for (const name of ['inspector', 'west', 'head', 'admin2']) as[name] = await served.signedIn(name);
  });
  afterAll(() => served.close());

  it.each(['', '/explanation', '/explanation.html'])('does not show them on its page%s', async (page) => {
    for (const name of ['inspector', 'head', 'admin2']) {
      const { status, text } = await as[name]!.ask('GET', `/v1/cases/C-1${page}`);
      expect(status).toBe(200);
      expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  it('says what was masked, and keeps what a verdict is explained by', async () => {
    const { events } = (await as.inspector!.ask('GET', '/v1/cases/C-1')).body;
    expect(events[1]).toMatchObject({
      data: { approver: '李*', notice: '告知书〔2026〕1号', ground: '补充材料，联系电话138****8000' },
      masked: ['officer', 'ground', 'approver', 'applicantName', 'card'],
    });
    expect(events[0].masked).toEqual([]);
  });

  it('shows them to an inspector who says why, and puts that on the ledger without them', async () => {
    const path = '/v1/cases/C-1/personal-data';
    for (const body of [{}, { because: ' ' }])
      expect((await as.inspector!.ask('POST', path, body)).status).toBe(400);
    const { status, text, body } = await as.inspector!.ask('POST', path, { because: '核对停止计时的批准人' });
    expect(status).toBe(200);
    expect(SECRETS.filter((secret) => !text.includes(secret))).toEqual([]);
    expect(body.events).toHaveLength(1);
    const entries = await served.site.store.query<{ subject: string; body: string }>(
      "SELECT subject, body FROM ledger_entry WHERE kind = 'case.personal-data-read'",
    );
    expect(entries.map((entry) => [entry.subject, JSON.parse(entry.body) as object])).toEqual([
      [
        'C-1',
        {
          because: '核对停止计时的批准人',
          members: ['applicantName', 'approver', 'card', 'ground', 'officer'],
        },
      ],
    ]);
  });

  it('shows them to nobody else', async () => {
    const ask = (name: string) =>
      as[name]!.ask('POST', '/v1/cases/C-1/personal-data', { because: '想知道是谁' });
    expect((await ask('head')).status).toBe(403);
    expect((await ask('admin2')).status).toBe(403);
    expect((await ask('west')).status).toBe(404);
  });
});
