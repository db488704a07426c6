import { StepEvent } from '@mingjian/contracts';
import fc from 'fast-check';
import { readStepEvents, type BodyForm } from '../feed/http/read-step-events';
import { acceptRecord, type RecordContext, splitLines } from '@mingjian/mapping';

const context: RecordContext = {
  source: 'urn:dept:1:housing',
  feed: 'http',
  place: 'body',
  receivedAt: Date.parse('2026-09-14T02:00:00Z'),
  futureToleranceMs: 300_000,
  raw: 'raw',
};

const good = {
  specversion: '1.0',
  id: 'e-1',
  source: 'urn:dept:1:housing',
  type: 'step.finished',
  subject: 'A-1',
  time: '2026-09-14T10:00:00+08:00',
  data: { item: 'A0101', step: 'review' },
};

describe('deciding about a record', () => {
  it('never throws, and lets through only what satisfies the contract, the source and the time', () => {
    const member = fc.constantFrom(
      'id',
      'source',
      'type',
      'subject',
      'time',
      'data',
      'receivedat',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(member, fc.jsonValue()), { maxLength: 3 }), (changes) => {
        const value: unknown = JSON.parse(
          `{${[...Object.entries(good), ...changes].map(([name, part]) => `${JSON.stringify(name)}:${JSON.stringify(part)}`).join()}}`,
        );
        const decided = acceptRecord(value, context);
        if (!decided.ok) return /^[0-9a-f]{64}$/.test(decided.quarantine.id);
        const { event } = decided;
        return (
          StepEvent.safeParse(JSON.parse(JSON.stringify(event))).success &&
          event.source === context.source &&
          event.receivedat === '2026-09-14T02:00:00.000Z' &&
          Date.parse(event.time) <= context.receivedAt + context.futureToleranceMs
        );
      }),
    );
  });

  it('accounts for every record of any body: accepted, in quarantine, or the body as a whole', async () => {
    const form = fc.constantFrom<BodyForm>('one', 'array', 'one-or-array', 'lines');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.array(fc.constantFrom(JSON.stringify(good), '{', '', '[]', 'null')).map((lines) => lines.join('\n')),
    );
    await fc.assert(
      fc.asyncProperty(text, form, async (body, bodyForm) => {
        const decided = await readStepEvents(body, bodyForm, context);
        if (!decided.ok) return decided.reason === 'unreadable';
        const lines = body.split('\n').filter((line) => line.trim() !== '').length;
        return (
          decided.records.every(({ index }, place) => index === place) &&
          (bodyForm !== 'lines' || decided.records.length === lines)
        );
      }),
    );
  });
});

describe('splitting lines', () => {
  it('gives the same lines wherever the text is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[ab\r\n]{0,6}$/)), async (pieces) => {
        const lines: string[] = [];
        for await (const line of splitLines(pieces, 1000)) {
          lines.push(line.text);
          expect(line.number).toBe(lines.length);
        }
        const expected = pieces.join('').split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected.map((line) => line.replace(/\r$/, '')));
      }),
    );
  });
});
