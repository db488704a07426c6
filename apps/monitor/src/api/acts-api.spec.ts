import { setTimeout as pause } from 'node:timers/promises';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, at, event, rulesetText } from '../testing/site';

/* What this spec guarantees: orders, appeals and cards over HTTP: who may, what is refused and how, what is printed. */

/** An entry of any list in an answer, as far as the specs look into it. */
interface Entry {
  id: number;
  caseNo: string;
  to: string;
  field: string;
  clockKind: string;
  supersededBecause: string | null;
}

const ORDER = {
  department: 'housing',
  colour: 'orange',
  title: '逾期 <办件> 督办',
  content: '请说明原因。\n请提出措施。',
  basis: '行政许可法第四十二条',
};

describe('orders, appeals and cards over HTTP', () => {
  let served: ServedSite;
  let inspector: Browser;
  let head: Browser;
  let other: Browser;

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05', {}, (site) => site.writeRuleset(rulesetText()));
    const { site, monitor } = served;
    for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
    await site.send(
      accepted('C-1', '2026-09-14T10:00'),
      event('case.accepted', 'C-2', '2026-09-14T10:00', { item: 'A0101', department: 'housing' }),
    );
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
    await served.addUser('inspector', ['inspector']);
    await served.addUser('head', ['department-head'], 'housing');
    await served.addUser('other', ['department-head'], 'market');
    [inspector, head, other] = [
      await served.signedIn('inspector'),
      await served.signedIn('head'),
      await served.signedIn('other'),
    ];
  });
  afterAll(() => served.close());

  const metrics = async (name: string): Promise<string[]> =>
    (await served.browser().ask('GET', '/metrics')).text.split('\n').filter((line) => line.startsWith(name));

  it('gauges exist at 0 from the start', async () => {
    const lines = [
      ...(await metrics('mingjian_orders{')),
      ...(await metrics('mingjian_appeals{')),
      ...(await metrics('mingjian_rating_appeals{')),
    ];
    expect(lines).toHaveLength(20);
    expect(lines.every((line) => line.endsWith(' 0'))).toBe(true);
  });

  it('an order is issued, read by its department alone, answered and closed', async () => {
    const issued = await inspector.ask('POST', '/v1/orders', ORDER, { 'idempotency-key': 'a-1' });
    expect(issued.status).toBe(201);
    const { order } = issued.body;
    expect(order).toMatchObject({
      no: '督办〔2026〕1号',
      state: 'awaiting-reply',
      stateName: '待反馈',
      departmentName: '住房和城乡建设局',
      // Five working days after Thursday 24 September; this calendar has no holidays.
      dueAt: '2026-10-01T23:59:59.999+08:00',
      version: 1,
    });
    const again = await inspector.ask('POST', '/v1/orders', ORDER, { 'idempotency-key': 'a-1' });
    expect(again.body).toEqual(issued.body);
    expect((await metrics('mingjian_orders{state="awaiting-reply",light="green"}'))[0]).toMatch(/ 1$/);

    expect((await other.ask('GET', '/v1/orders')).body).toEqual({ orders: [], next: null });
    expect((await other.ask('GET', `/v1/orders/${order.id}`)).status).toBe(404);
    const reply = { version: 1, act: { type: 'replied', cause: '人手不足', measures: '增派两人' } };
    expect((await other.ask('POST', `/v1/orders/${order.id}/acts`, reply)).status).toBe(404);
    expect((await head.ask('POST', `/v1/orders/${order.id}/acts`, reply)).body.order).toMatchObject({
      state: 'awaiting-verification',
      version: 2,
    });
    const closing = { version: 2, act: { type: 'closed', opinion: '属实' } };
    expect((await head.ask('POST', `/v1/orders/${order.id}/acts`, closing)).body).toMatchObject({
      code: 'not-yours',
      message: '您无权办理此事项',
    });
    expect(
      (await inspector.ask('POST', `/v1/orders/${order.id}/acts`, { ...closing, version: 1 })).body,
    ).toMatchObject({ statusCode: 409, code: 'stale-version' });
    expect((await inspector.ask('POST', `/v1/orders/${order.id}/acts`, closing)).body.order.state).toBe(
      'closed',
    );
  });

  it('a bad body names each field, and nothing is written', async () => {
    const { status, body } = await inspector.ask('POST', '/v1/orders', {
      ...ORDER,
      colour: 'pink',
      title: '',
    });
    expect(status).toBe(400);
    expect((body.problems as Entry[]).map(({ field }) => field).sort()).toEqual(['colour', 'title']);
    const key = await inspector.ask('POST', '/v1/orders', ORDER, { 'idempotency-key': 'a b' });
    expect(key).toMatchObject({ status: 400, body: { code: 'bad-key' } });
    expect((await inspector.ask('GET', '/v1/orders')).body.orders).toHaveLength(1);
    expect((await inspector.ask('GET', '/v1/orders/abc')).status).toBe(404);
  });

  it('order and receipt are printed in official form, with what people wrote escaped and no foreign content', async () => {
    const page = await head.ask('GET', '/v1/orders/1/order.html');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    for (const text of [
      '督办〔2026〕1号',
      '橙色督查单',
      '住房和城乡建设局',
      '2026年9月24日',
      '2026年10月1日（含当日）前',
      '（印章）',
    ])
      expect(page.text).toContain(text);
    expect(page.text).toContain('逾期 &lt;办件&gt; 督办');
    expect(page.text).not.toMatch(/<script|https?:/);
    const receipt = await head.ask('GET', '/v1/orders/1/receipt.html');
    for (const text of ['督办单回执', '人手不足', '增派两人', '属实', '负责人签字'])
      expect(receipt.text).toContain(text);
    expect((await other.ask('GET', '/v1/orders/1/order.html')).status).toBe(404);
  });

  it('an appeal is filed and upheld; the figures tell gross from net', async () => {
    const lights = (await head.ask('GET', '/v1/lights?to=red')).body.lights as Entry[];
    const light = lights.find(({ caseNo }) => caseNo === 'C-1')!;
    const appeal = {
      light: { id: light.id },
      reason: 'late-upload',
      text: '已按时办结',
      evidence: '办结通知书',
    };
    expect((await other.ask('POST', '/v1/appeals', appeal)).status).toBe(404);
    const filed = await head.ask('POST', '/v1/appeals', appeal);
    expect(filed.status).toBe(201);
    expect(filed.body.appeal).toMatchObject({
      no: '申诉〔2026〕1号',
      stateName: '待审理',
      reasonName: '已按时办理，数据补报',
    });
    const upheld = { version: 1, act: { type: 'upheld', opinion: '属实' } };
    expect((await head.ask('POST', '/v1/appeals/1/acts', upheld)).status).toBe(403);
    expect((await inspector.ask('POST', '/v1/appeals/1/acts', upheld)).body.appeal.state).toBe('upheld');
    const after = (await head.ask('GET', '/v1/cases/C-1')).body.lightChanges as Entry[];
    expect(after.find(({ to }) => to === 'red')?.supersededBecause).toBe('appeal');
    const figures = '/v1/appeals/statistics?since=2026-09-01T00:00:00Z&until=2026-10-01T00:00:00Z';
    expect((await head.ask('GET', figures)).body.lights).toContainEqual(
      expect.objectContaining({ light: 'red', gross: 2, net: 1, upheld: 1 }),
    );
    expect((await other.ask('GET', figures)).body.lights).toEqual([]);
    // A placeholder of some system: no calendar counts that far.
    const endless = '/v1/appeals/statistics?since=2026-09-01T00:00:00Z&until=9999-12-31T23:59:59Z';
    expect((await head.ask('GET', endless)).status).toBe(400);
  });

  it('a card is given, shown among the lights of its case, and taken back', async () => {
    const card = { caseNo: 'C-2', light: 'yellow', reason: 'absent', text: '窗口空岗', basis: '考勤规定' };
    expect((await head.ask('POST', '/v1/cards', card)).status).toBe(403);
    const given = await inspector.ask('POST', '/v1/cards', card);
    expect(given.body.card).toMatchObject({ no: '发牌〔2026〕1号', reasonName: '窗口空岗', holds: true });
    const shown = (await head.ask('GET', '/v1/cases/C-2')).body.lightChanges as Entry[];
    expect(shown.map(({ clockKind }) => clockKind)).toContain('manual');
    const taken = await inspector.ask('POST', '/v1/cards/1/withdrawal', { version: 1, reason: '查无实据' });
    expect(taken.body.card).toMatchObject({ holds: false });
    expect((await other.ask('GET', '/v1/cards')).body.cards).toEqual([]);
  });
});
