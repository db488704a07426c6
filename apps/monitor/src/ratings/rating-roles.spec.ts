import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, event } from '../testing/site';

/* What this spec guarantees, role by role over HTTP: a department sees its own ratings and appeals, files against its own, and decides
   on none; pages follow each other; a bad query is told what was expected. */

const FILED = {
  rating: { caseNo: 'C-1', source: 'urn:dept:housing', event: 'bad' },
  reason: 'mistaken',
  text: '误评，评价人已说明。',
  evidence: '电话记录一份。',
};

describe('who may what about ratings', () => {
  let served: ServedSite;
  const as: Record<string, Browser> = {};
  beforeAll(async () => {
    served = await serveSite('2026-09-16T10:00');
    await served.site.receive(
      accepted('C-1', '2026-09-14T10:00'),
      event('case.rated', 'C-1', '2026-09-15T10:00', { grade: 1, realName: true }, { id: 'bad' }),
      event('case.rated', 'C-1', '2026-09-15T11:00', { grade: 4 }, { id: 'good' }),
      event('case.accepted', 'M-1', '2026-09-14T10:00', { item: 'A0101', department: 'market' }),
      event('case.rated', 'M-1', '2026-09-15T09:00', { grade: 2 }, { id: 'market' }),
    );
    await served.addUser('inspector', ['inspector']);
    await served.addUser('auditor', ['auditor']);
    await served.addUser('housing', ['department-head'], 'housing');
    await served.addUser('market', ['post'], 'market');
    for (const name of ['inspector', 'auditor', 'housing', 'market']) as[name] = await served.signedIn(name);
  }, 60_000);
  afterAll(() => served.close());

  const ratingsOf = async (who: string, query = '') => {
    const { body } = await as[who]!.ask('GET', `/v1/ratings${query}`);
    return (body.ratings as { rating: { event: string } }[]).map(({ rating }) => rating.event);
  };

  it('lists go by what somebody may see', async () => {
    expect(await ratingsOf('inspector')).toEqual(['good', 'bad', 'market']);
    expect(await ratingsOf('housing')).toEqual(['good', 'bad']);
    expect(await ratingsOf('market', '?department=housing')).toEqual([]);
    const { body } = await as.market!.ask('GET', '/v1/ratings/statistics?since=2026-09&until=2026-09');
    expect(body.departments).toMatchObject([{ department: 'market', ratings: 1, bad: 1, satisfaction: 0 }]);
  });

  it('an entry says what is due, in words for people', async () => {
    const { body } = await as.housing!.ask('GET', '/v1/ratings?bad=true');
    expect(body.ratings).toMatchObject([
      {
        gradeName: '非常不满意',
        departmentName: '住房和城乡建设局',
        realName: true,
        counts: true,
        contact: { state: 'waiting', dueAt: '2026-09-16T23:59:59.999+08:00', doneAt: null },
        rectification: { state: 'waiting' },
        appeal: null,
      },
    ]);
  });

  it('pages follow each other by the cursor of the last entry', async () => {
    const first = await as.inspector!.ask('GET', '/v1/ratings?limit=2');
    expect(first.body.ratings).toHaveLength(2);
    const next = first.body.next as string;
    expect(await ratingsOf('inspector', `?limit=2&cursor=${next}`)).toEqual(['market']);
    const last = await as.inspector!.ask('GET', `/v1/ratings?limit=2&cursor=${next}`);
    expect(last.body.next).toBeNull();
  });

  it.each([
    'cursor=nonsense',
    `cursor=${Buffer.from('[1e20,"C","s","e"]').toString('base64url')}`,
    'grade=6',
    'month=September',
    'waiting=call',
    'bad=maybe',
    'limit=0',
  ])('a query with %s is refused, naming the field', async (query) => {
    const { status, body } = await as.inspector!.ask('GET', `/v1/ratings?${query}`);
    expect(status).toBe(400);
    expect(body.problems).toMatchObject([{ field: query.split('=')[0] }]);
  });

  it('the department files, and the office decides', async () => {
    expect((await as.market!.ask('POST', '/v1/rating-appeals', FILED)).status).toBe(404);
    expect((await as.inspector!.ask('POST', '/v1/rating-appeals', FILED)).status).toBe(403);
    expect((await as.auditor!.ask('POST', '/v1/rating-appeals', FILED)).status).toBe(403);
    const filed = await as.housing!.ask('POST', '/v1/rating-appeals', FILED);
    expect(filed.status).toBe(201);
    const { id, version } = filed.body.appeal as { id: number; version: number };
    const path = `/v1/rating-appeals/${id}`;
    const upheld = { version, act: { type: 'upheld', opinion: '确系误评' } };
    expect((await as.market!.ask('GET', path)).status).toBe(404);
    expect((await as.market!.ask('POST', `${path}/acts`, upheld)).status).toBe(404);
    expect((await as.housing!.ask('POST', `${path}/acts`, upheld)).status).toBe(403);
    expect((await as.inspector!.ask('POST', `${path}/acts`, upheld)).status).toBe(200);
    expect((await as.market!.ask('GET', '/v1/rating-appeals')).body.appeals).toEqual([]);
    const { body } = await as.housing!.ask('GET', '/v1/ratings?bad=true');
    expect(body.ratings).toMatchObject([
      { counts: false, contact: { state: null }, appeal: { id, state: 'upheld', stateName: '申诉成立' } },
    ]);
  });
});
