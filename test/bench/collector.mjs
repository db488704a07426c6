import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { cityEvents } from './lib/city.mjs';
import { cpuSeconds, startCollector } from './lib/processes.mjs';

const require = createRequire(import.meta.url);
const { FileSourceRegistry } = require('../../dist/apps/collector/src/source/file-source-registry');

const TOPIC = 'mingjian.step-events';
const SOURCE = 'urn:dept:420684:housing';
/** Events in one body, and bodies under way at once. */
const BODY = 500;
const SENDERS = 8;

/** HTTP → validated → durable in Kafka, against a bare producer that sends the same records in requests of the same size. */
export async function collector(rig, isQuick, profile = null) {
  const cases = isQuick ? 12_000 : 60_000;
  await rig.freshTopics();
  const events = cityEvents(cases, Date.now()).map((event) => ({ ...event, source: SOURCE }));
  const dataDir = mkdtempSync(join(tmpdir(), 'mingjian-bench-collector-'));
  const key = new FileSourceRegistry(join(dataDir, 'sources.json')).addSource(SOURCE, 'housing');
  const process = await startCollector(rig, dataDir, profile);
  const post = poster(process.url, key);
  const bodies = [];
  for (let from = 0; from < events.length; from += BODY)
    bodies.push(
      `${events
        .slice(from, from + BODY)
        .map((event) => JSON.stringify(event))
        .join('\n')}\n`,
    );
  await post(bodies[0]);
  const before = cpuSeconds(process.pid);
  const ours = await perSecond(events.length, () => inTurns(bodies, post));
  const micros = ((cpuSeconds(process.pid) - before) * 1e6) / events.length;
  await process.stop();
  await rig.freshTopics();
  const bare = await bareProducer(rig, events);
  return [
    {
      what: `collector, HTTP → Kafka, ${SENDERS} senders, ${BODY} events a body`,
      measured: `${ours.toLocaleString('en')} events/s, ${Math.round((ours / bare) * 100)} % of bare`,
      bar: `none; bare ${bare.toLocaleString('en')}/s`,
      ...{ perSecond: ours, bare, microsecondsPerEvent: Number(micros.toFixed(1)) },
      met: null,
    },
  ];
}

async function bareProducer(rig, events) {
  const log = await rig.openLog();
  // Makes the topic as the product does.
  await log.lag('bench', TOPIC);
  await log.close();
  const producer = rig.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const send = (chunk) =>
    producer.send({
      ...{ topic: TOPIC, acks: -1, compression: kafkajs.CompressionTypes.GZIP },
      messages: chunk.map((event) => ({ key: event.subject, value: JSON.stringify(event) })),
    });
  await send(events.slice(0, BODY));
  const result = await perSecond(events.length, async () => {
    // What the collector sends in one request when eight bodies wait.
    for (let from = 0; from < events.length; from += SENDERS * BODY)
      await send(events.slice(from, from + SENDERS * BODY));
  });
  await producer.disconnect();
  return result;
}

async function perSecond(count, work) {
  const begin = performance.now();
  await work();
  return Math.round((count * 1000) / (performance.now() - begin));
}

async function inTurns(bodies, post) {
  const waiting = [...bodies];
  const send = async () => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) await post(body);
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
}

/** `fetch` costs more than what it measures. */
function poster(url, key) {
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  return (body) =>
    new Promise((resolve, reject) => {
      const asked = request(
        `${url}/v1/step-events`,
        {
          ...{ method: 'POST', agent },
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
        },
        (answer) => {
          let text = '';
          answer.on('data', (part) => (text += part));
          answer.on('end', () =>
            answer.statusCode === 202
              ? resolve()
              : reject(new Error(`${answer.statusCode}: ${text.slice(0, 500)}`)),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
}
