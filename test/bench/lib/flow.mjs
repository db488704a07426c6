import { setTimeout as pause } from 'node:timers/promises';
import { eventsOfCase } from './city.mjs';

const TOPIC = 'mingjian.step-events';
const HOUR = 3_600_000;
const TICK_MS = 10;

/**
 * Writes events at a steady rate, whatever the log's answers take. Every third begins a case whose promise has long run
 * out, so that its light is on as soon as it is judged; the others are steps of such cases.
 * @returns how to end it, and when each case was handed to the log, epoch milliseconds.
 */
export function startFlow(log, perSecond, prefix) {
  const sentAt = new Map();
  const appends = [];
  let stopped = false;
  let sent = 0;
  let failure = null;
  const waiting = [];
  let index = 0;
  const begin = performance.now();
  const done = (async () => {
    while (!stopped) {
      const wanted = Math.floor(((performance.now() - begin) / 1000) * perSecond) - sent;
      if (wanted > 0) {
        while (waiting.length < wanted) {
          const start = Date.now() - (1000 + (index % 97)) * HOUR;
          waiting.push(...eventsOfCase(index++, 0, { prefix, isOpen: true, item: 'days', start }));
        }
        const batch = waiting.splice(0, wanted);
        const now = performance.timeOrigin + performance.now();
        for (const { type, subject } of batch) if (type === 'case.accepted') sentAt.set(subject, now);
        sent += batch.length;
        appends.push(
          log
            .append(
              TOPIC,
              batch.map((event) => ({ key: event.subject, value: JSON.stringify(event) })),
            )
            .catch((error) => (failure = error)),
        );
      }
      await pause(TICK_MS);
    }
    await Promise.all(appends);
  })();
  return {
    sentAt,
    sent: () => sent,
    stop: async () => {
      stopped = true;
      await done;
      if (failure !== null) throw failure;
    },
  };
}
