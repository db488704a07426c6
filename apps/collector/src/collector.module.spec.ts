import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Body, Controller, Post } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { TOPICS, type QuarantineRecord, type StepEvent } from '@mingjian/contracts';
import { openEmbeddedLog, type EventLog, type LogBatch } from '@mingjian/log';
import { createLogger } from '@mingjian/runtime';
import { Registry } from 'prom-client';
import { TestClock } from '../../../libs/runtime/src/testing/test-clock';
import { CollectorModule } from './collector.module';
import { Pace } from './feed/run/pace';
import { FileSourceRegistry } from './source/file-source-registry';

const NOW = Date.parse('2026-09-14T10:00:04.120+08:00');
const SOURCE = 'urn:dept:420684:housing';
const LIMIT = 2 * 1024 ** 2;

@Controller('other')
class OtherController {
  @Post()
  echo(@Body() body: unknown): unknown {
    return body;
  }
}

function event(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: 'e-1',
    source: SOURCE,
    type: 'step.finished',
    subject: '420684-2026-000123',
    time: '2026-09-14T10:00:00+08:00',
    data: { item: 'A0101', department: 'housing', step: 'review' },
    ...changes,
  };
}

describe('POST /v1/step-events', () => {
  let home: string;
  let clock: TestClock;
  let log: EventLog;
  let registry: Registry;
  let sources: FileSourceRegistry;
  let app: NestFastifyApplication;
  let key: string;
  /** Empty: nobody is held to a pace. */
  const paces = new Map<string, Pace>();

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-collector-'));
    clock = new TestClock(NOW);
    paces.clear();
    log = openEmbeddedLog({ file: join(home, 'log.db'), partitions: 2, clock });
    registry = new Registry();
    sources = new FileSourceRegistry(join(home, 'sources.json'));
    key = sources.addSource(SOURCE, 'housing');
    const settings = { bodyLimitBytes: LIMIT, futureToleranceSeconds: 300, intakeBatch: 10 };
    const logger = createLogger({ level: 'silent' });
    const testing = await Test.createTestingModule({
      imports: [CollectorModule.register({ log, clock, sources, registry, logger, settings, paces })],
      controllers: [OtherController],
    }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterEach(async () => {
    await app.close();
    await log.close();
    rmSync(home, { recursive: true });
  });

  async function send(payload: string | Buffer, type = 'application/json', headers = {}) {
    const reply = await app.inject({
      method: 'POST',
      url: '/v1/step-events',
      payload,
      headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
    });
    return { status: reply.statusCode, headers: reply.headers, body: reply.json<Record<string, never>>() };
  }

  async function logged<T>(topic: string): Promise<T[]> {
    const values: T[] = [];
    await log
      .subscribe({
        group: 'test',
        topic,
        maxBatch: 1000,
        handle: async (batch) =>
          void values.push(...batch.records.map((record) => JSON.parse(record.value) as T)),
      })
      .drain();
    return values;
  }
  const accepted = () => logged<StepEvent>(TOPICS.stepEvents);
  const quarantine = () => logged<QuarantineRecord>(TOPICS.quarantine);

  it('holds a source to the pace of its feed document: takes nothing more, and says when to come again', async () => {
    paces.set(SOURCE, new Pace(2, clock));
    const batch = (...ids: string[]) => JSON.stringify(ids.map((id) => event({ id })));
    expect((await send(batch('e-1', 'e-2', 'e-3'))).status).toBe(202);
    const refused = await send(batch('e-4'));
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '2']);
    clock.moveTo(NOW + 1500);
    expect((await send(batch('e-4'))).status).toBe(202);
    expect((await accepted()).map(({ id }) => id)).toEqual(['e-1', 'e-2', 'e-3', 'e-4']);
  });

  it.each(['application/json', 'application/cloudevents+json', 'application/json; charset=utf-8'])(
    'takes a single event as %s and stamps our own time of receipt over the sender’s',
    async (type) => {
      const reply = await send(JSON.stringify(event({ receivedat: '1999-01-01T00:00:00Z' })), type);
      expect(reply).toMatchObject({ status: 202, body: { accepted: 1, quarantined: 0 } });
      expect(await accepted()).toEqual([{ ...event(), receivedat: '2026-09-14T02:00:04.120Z' }]);
    },
  );

  it.each(['application/cloudevents-batch+json', 'application/json'])(
    'takes a batch as %s; a bad record stops no other',
    async (type) => {
      const batch = [event(), event({ id: 'e-2', type: 'step.vanished' }), event({ id: 'e-3' })];
      const reply = await send(JSON.stringify(batch), type);
      expect(reply.status).toBe(202);
      expect(reply.body).toMatchObject({
        accepted: 2,
        quarantined: 1,
        results: [
          {
            index: 1,
            id: 'e-2',
            result: 'quarantined',
            problem: { place: 'record 2', field: 'type', got: '"step.vanished"' },
          },
        ],
      });
      expect((await accepted()).map(({ id }) => id)).toEqual(['e-1', 'e-3']);
      expect(await quarantine()).toMatchObject([
        { source: SOURCE, feed: 'http', place: 'record 2', reason: 'invalid', raw: JSON.stringify(batch[1]) },
      ]);
    },
  );

  it('takes NDJSON; a line that is no JSON goes into quarantine with its number', async () => {
    const text = `${JSON.stringify(event())}\r\n\n{"id": "e-2",}\n${JSON.stringify(event({ id: 'e-3' }))}`;
    const reply = await send(text, 'application/x-ndjson');
    expect(reply).toMatchObject({ status: 202, body: { accepted: 2, quarantined: 1 } });
    expect(await quarantine()).toMatchObject([
      {
        place: 'line 3',
        reason: 'malformed',
        expected: 'well-formed JSON',
        got: '"}" at column 14',
        raw: '{"id": "e-2",}',
      },
    ]);
  });

  it('refuses a body that is no JSON, says where, and keeps it', async () => {
    const text = '{\n  "specversion": "1.0"\n  "id": "e-1"\n}';
    const reply = await send(text);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      statusCode: 400,
      problems: [
        {
          place: 'body',
          field: '',
          expected: 'well-formed JSON',
          got: '"\\"id\\": \\"e-1\\"" at line 3, column 3',
          hint: 'write one JSON object as in docs/step-event.schema.json, in UTF-8',
        },
      ],
    });
    expect(await quarantine()).toMatchObject([{ reason: 'malformed', source: SOURCE, raw: text }]);
  });

  it('refuses an empty body', async () => {
    expect(await send('')).toMatchObject({ status: 400, body: { problems: [{ got: 'nothing' }] } });
  });

  it('answers 422 when every record went into quarantine', async () => {
    const reply = await send(JSON.stringify(event({ time: 'yesterday', subject: 7 })));
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ accepted: 0, quarantined: 1 });
    expect(await quarantine()).toMatchObject([
      {
        field: 'subject',
        expected: 'a string',
        got: '7',
        hint: 'wrong too: time',
      },
    ]);
  });

  it('keeps an event of the year 2099 out of the timeline', async () => {
    const reply = await send(JSON.stringify(event({ time: '2099-01-01T00:00:00+08:00' })));
    expect(reply.body).toMatchObject({
      results: [
        {
          problem: {
            field: 'time',
            expected: 'a time up to 2026-09-14T02:05:04.120Z',
            got: '"2099-01-01T00:00:00+08:00"',
          },
        },
      ],
    });
    expect(await quarantine()).toMatchObject([{ reason: 'time-in-future' }]);
  });

  it('lets clocks differ by the tolerance, to the millisecond', async () => {
    const batch = ['10:05:04.120', '10:05:04.121'].map((time, index) =>
      event({ id: `e-${index}`, time: `2026-09-14T${time}+08:00` }),
    );
    expect((await send(JSON.stringify(batch))).body).toMatchObject({ accepted: 1, quarantined: 1 });
  });

  it('does not let a source write in the name of another', async () => {
    const reply = await send(JSON.stringify(event({ source: 'urn:dept:420684:police' })));
    expect(reply).toMatchObject({
      status: 422,
      body: {
        results: [{ problem: { field: 'source', expected: SOURCE, got: '"urn:dept:420684:police"' } }],
      },
    });
    expect(await quarantine()).toMatchObject([{ reason: 'source-mismatch', source: SOURCE }]);
    expect(await accepted()).toEqual([]);
  });

  it('gives the same bad record the same id, wherever it stands', async () => {
    const bad = event({ time: 'yesterday' });
    await send(JSON.stringify([bad]));
    await send(JSON.stringify([event(), bad]));
    const [first, second] = await quarantine();
    expect(second?.id).toBe(first?.id);
    expect(second?.place).not.toBe(first?.place);
  });

  it.each([
    ['no key', { authorization: '' }],
    ['a wrong key', { authorization: 'Bearer mj_wrong' }],
    ['another scheme', { authorization: 'Basic abc' }],
  ])('refuses %s and takes nothing', async (_name, headers) => {
    const reply = await send(JSON.stringify(event()), 'application/json', headers);
    expect(reply.status).toBe(401);
    expect(reply.headers['www-authenticate']).toContain('Bearer');
    expect(reply.body).toMatchObject({ problems: [{ expected: 'the API key of a source' }] });
    expect(await accepted()).toEqual([]);
  });

  it('takes the key in X-API-Key as well', async () => {
    const reply = await send(JSON.stringify(event()), 'application/json', {
      authorization: '',
      'x-api-key': key,
    });
    expect(reply.status).toBe(202);
  });

  it('honours a renewed key at once', async () => {
    const old = key;
    key = new FileSourceRegistry(join(home, 'sources.json')).rotateKey(SOURCE);
    expect((await send(JSON.stringify(event()))).status).toBe(202);
    key = old;
    expect((await send(JSON.stringify(event()))).status).toBe(401);
  });

  it('takes a long body in many batches, in order', async () => {
    const events = Array.from({ length: 5000 }, (_, n) => event({ id: `e-${n}` }));
    const text = events.map((one) => JSON.stringify(one)).join('\n');
    expect(text.length).toBeGreaterThan(1024 ** 2);
    expect(await send(text, 'application/x-ndjson')).toMatchObject({ status: 202, body: { accepted: 5000 } });
    expect((await accepted()).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('keeps equal faults of one body once, and refuses more records than can be told apart', async () => {
    const many = await send('{}\n'.repeat(1500), 'application/x-ndjson');
    expect(many).toMatchObject({ status: 422, body: { quarantined: 1500 } });
    expect(many.body.results).toHaveLength(1000);
    expect(await quarantine()).toHaveLength(1);
    const tooMany = await send('1\n'.repeat(100_001), 'application/x-ndjson');
    expect(tooMany).toMatchObject({
      status: 413,
      body: { problems: [{ expected: 'at most 100000 records' }] },
    });
  });

  it.each([
    ['time', { time: '0001-01-01T00:00:00Z' }],
    ['data.promiseDueAt', { data: { step: 'review', promiseDueAt: '9999-12-31T00:00:00Z' } }],
  ])('refuses a placeholder that is no time in %s', async (field, change) => {
    expect(await send(JSON.stringify(event(change)))).toMatchObject({
      status: 422,
      body: { results: [{ problem: { field, expected: 'a time from 1900 to 2400' } }] },
    });
  });

  it.each(['"e-\\u0000"', '"e-\\ud800"'])('refuses an id that a database would change: %s', async (id) => {
    const text = JSON.stringify(event()).replace('"e-1"', id);
    expect(await send(text)).toMatchObject({
      status: 422,
      body: {
        results: [{ problem: { expected: 'texts without U+0000 and without half characters', got: id } }],
      },
    });
  });

  it('refuses a compressed body', async () => {
    expect((await send('x', 'application/json', { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it('is described in OpenAPI', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const operation = document.paths['/v1/step-events']?.post;
    expect(Object.keys(operation?.responses ?? {})).toEqual([
      '202',
      '400',
      '401',
      '403',
      '413',
      '415',
      '422',
      '429',
      '503',
    ]);
    const body = operation?.requestBody as { content: Record<string, { schema: unknown }> };
    expect(Object.keys(body.content)).toEqual([
      'application/cloudevents+json',
      'application/cloudevents-batch+json',
      'application/json',
      'application/x-ndjson',
    ]);
    expect(JSON.stringify(body.content['application/json'])).toContain('case.correction-requested');
  });

  it('refuses a body over the limit and says what to do', async () => {
    const reply = await send(' '.repeat(LIMIT + 1));
    expect(reply.status).toBe(413);
    expect(reply.body).toMatchObject({
      problems: [
        {
          expected: `at most ${LIMIT} bytes`,
          got: `${LIMIT + 1} bytes`,
          hint: 'send it in smaller batches (NDJSON can be cut at any line end), or have MINGJIAN_BODY_LIMIT_BYTES raised; nothing of this body was taken',
        },
      ],
    });
  });

  it('answers a client that goes on sending 50 MB, over a real connection', async () => {
    await app.listen(0, '127.0.0.1');
    const reply = await fetch(`${await app.getUrl()}/v1/step-events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: Buffer.alloc(50 * 1024 ** 2, ' '),
    });
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ problems: [{ got: `${50 * 1024 ** 2} bytes` }] });
    expect((await send(JSON.stringify(event()))).status).toBe(202);
  });

  it.each(['text/plain', '', 'application/json; charset=gbk'])(
    'refuses the media type "%s"',
    async (type) => {
      expect((await send(JSON.stringify(event()), type)).status).toBe(415);
    },
  );

  it('refuses bytes that are no UTF-8 and names the usual cause', async () => {
    const reply = await send(Buffer.from([0x7b, 0xb0, 0xec, 0x7d]));
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ problems: [{ expected: 'UTF-8' }] });
    expect(await quarantine()).toMatchObject([{ reason: 'malformed', expected: 'UTF-8' }]);
  });

  it('refuses nesting without end, and stays up', async () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect((await send(`[{"data":${deep}}]`)).status).toBe(422);
    expect(await quarantine()).toMatchObject([{ expected: 'at most 32 levels' }]);
  });

  it('tells the sender to come again when the log cannot take the records', async () => {
    await log.close();
    const reply = await send(JSON.stringify(event()));
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('30');
  });

  it('counts by source, feed and result, with every series at 0 from the start', async () => {
    const before = await registry.metrics();
    expect(before).toContain(`mingjian_events_total{source="${SOURCE}",feed="http",result="quarantined"} 0`);
    await send(JSON.stringify([event(), event({ id: 'e-2', time: 'yesterday' })]));
    const after = await registry.metrics();
    expect(after).toContain(`mingjian_events_total{source="${SOURCE}",feed="http",result="accepted"} 1`);
    expect(after).toContain(`mingjian_quarantined_total{source="${SOURCE}",reason="invalid"} 1`);
    expect(after).toContain(`mingjian_event_delay_seconds_bucket{le="5",source="${SOURCE}"} 1`);
  });

  it('leaves the bodies of other routes to their own parsers', async () => {
    const reply = await app.inject({ method: 'POST', url: '/other', payload: { a: 1 } });
    expect(reply.json()).toEqual({ a: 1 });
  });

  describe('POST /v1/complaint-events', () => {
    const report = {
      policy: 'hotline-12345',
      channel: '12345',
      externalNo: 'W-1',
      kind: 'attitude',
      department: 'housing',
      title: '窗口态度',
      request: '请核查。',
      registeredAt: '2026-09-14T09:00:00+08:00',
    };
    const event = {
      specversion: '1.0',
      id: 'c-1',
      source: SOURCE,
      type: 'complaint.reported',
      subject: 'W-1',
      time: '2026-09-14T09:00:00+08:00',
      data: report,
    };
    const send = async (body: object, authorization = `Bearer ${key}`): Promise<number> =>
      (
        await app.inject({
          method: 'POST',
          url: '/v1/complaint-events',
          payload: body,
          headers: { authorization },
        })
      ).statusCode;

    it('keeps a report of the source that the key was issued for, and nothing that names a person', async () => {
      expect(await send(event)).toBe(202);
      expect(await send(event, 'Bearer nobody')).toBe(401);
      expect(await send({ ...event, source: 'urn:dept:another' })).toBe(400);
      expect(await send({ ...event, subject: 'W-2' })).toBe(400);
      expect(await send({ ...event, data: { ...report, complainant: { name: '张三' } } })).toBe(400);
      expect(await send({ ...event, data: { ...report, person: '420684199001011234' } })).toBe(400);
      expect(await send({ ...event, data: { ...report, closedAt: '2026-09-15T09:00:00+08:00' } })).toBe(400);
      const closed = {
        ...{ repliedAt: '2026-09-14T09:00:00+08:00', reply: '已答复', closedAt: '2026-09-14T09:00:00+08:00' },
        verdict: 'invalid',
      };
      const review = {
        ...{ reviewRequestedAt: '2026-09-14T09:30:00+08:00', reviewOrgan: '市局', reviewReason: '不服' },
      };
      expect(await send({ ...event, data: { ...report, ...review } })).toBe(400);
      expect(await send({ ...event, data: { ...report, ...closed, ...review } })).toBe(202);
      const values: unknown[] = [];
      const handle = ({ records }: LogBatch): Promise<void> => {
        for (const { value } of records) values.push(JSON.parse(value));
        return Promise.resolve();
      };
      await log.subscribe({ group: 'test', topic: TOPICS.complaints, maxBatch: 10, handle }).drain();
      expect(values).toMatchObject([
        { subject: 'W-1', receivedat: new Date(NOW).toISOString() },
        { subject: 'W-1', data: review },
      ]);
    });
  });

  describe('POST /v1/heartbeats', () => {
    const beat = async (body: object, headers: Record<string, string> = {}) => {
      const reply = await app.inject({
        method: 'POST',
        url: '/v1/heartbeats',
        payload: body,
        headers: { authorization: `Bearer ${key}`, ...headers },
      });
      return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
    };
    const kept = async (): Promise<unknown[]> => {
      const values: unknown[] = [];
      const handle = ({ records }: LogBatch): Promise<void> => {
        for (const { value } of records) values.push(JSON.parse(value));
        return Promise.resolve();
      };
      await log.subscribe({ group: 'test', topic: TOPICS.sourceHeartbeats, maxBatch: 10, handle }).drain();
      return values;
    };
    const heartbeat = {
      specversion: '1.0',
      id: 'beat-1',
      source: SOURCE,
      type: 'source.heartbeat',
      time: '2026-09-14T10:00:05.120+08:00',
      data: { sent: [{ date: '2026-09-14', events: 12 }] },
    };

    it('answers with the offset of the clocks, and keeps it with the department of the key', async () => {
      expect(await beat({ ...heartbeat, data: { ...heartbeat.data, department: 'market' } })).toEqual({
        status: 202,
        body: { receivedat: new Date(NOW).toISOString(), clockOffsetMs: 1000 },
      });
      expect(await kept()).toMatchObject([{ id: 'beat-1', data: { department: 'housing' } }]);
    });

    it('takes the date header of a push for the clock of its sender, once a minute, and no sign of life', async () => {
      const push = (date: string) =>
        app.inject({
          method: 'POST',
          url: '/v1/step-events',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson', date },
          payload: '',
        });
      for (const date of ['yesterday', 'Mon, 14 Sep 2026 02:01:04 GMT', 'Mon, 14 Sep 2026 02:09:04 GMT'])
        await push(date);
      expect(await kept()).toEqual([
        {
          specversion: '1.0',
          id: `clock/http/${new Date(NOW).toISOString()}`,
          source: SOURCE,
          type: 'source.clock',
          time: '2026-09-14T02:01:04.500Z',
          receivedat: new Date(NOW).toISOString(),
          data: { way: 'http', withinMs: 500 },
        },
      ]);
    });

    it('lets no sender wait until that reading is handed on', async () => {
      const append = log.append.bind(log);
      log.append = (topic, records) =>
        topic === TOPICS.sourceHeartbeats ? new Promise(() => undefined) : append(topic, records);
      const date = 'Mon, 14 Sep 2026 02:01:04 GMT';
      expect((await send(JSON.stringify(event()), 'application/json', { date })).status).toBe(202);
    });

    it('refuses the heartbeat of another source, one that is none, and one without a key', async () => {
      expect(await beat({ ...heartbeat, source: 'urn:dept:420684:market' })).toMatchObject({
        status: 400,
        body: { problems: [{ field: 'source', expected: SOURCE }] },
      });
      expect(await beat({ ...heartbeat, time: 'now' })).toMatchObject({
        status: 400,
        body: { problems: [{ field: 'time' }] },
      });
      expect((await beat(heartbeat, { authorization: 'Bearer nobody' })).status).toBe(401);
      expect(await kept()).toEqual([]);
    });
  });
});
