import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRIAL_FORMATS } from '@mingjian/contracts';
import type { RuleDraftRow } from '@mingjian/store';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Written } from '../draft-document';
import { DraftRefused } from '../draft-refused';
import { EXCHANGE_VIEW, viewRow } from '../testing/told-mappings';
import type { KnownMapping } from './mapping-book';
import { tryMapping } from './try-mapping';

const PRESETS = join(__dirname, '../../../../../mappings');
const DOCUMENTS = [
  EXCHANGE_VIEW,
  ...readdirSync(PRESETS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => parse(readFileSync(join(PRESETS, name, 'mapping.yaml'), 'utf8')) as Written),
];
const NOW = Date.parse('2026-09-14T02:00:00Z');

const rowOf = (document: Written): RuleDraftRow =>
  ({ kind: 'mapping', documentId: 'm', document: JSON.stringify(document), problems: '[]' }) as RuleDraftRow;
const inUse = (written: Written): ReadonlyMap<string, KnownMapping> =>
  new Map([['m', { held: { written } } as KnownMapping]]);

/** What people paste: rows that nearly fit, and anything. */
const cell = fc.oneof(
  fc.string(),
  fc.constantFrom('', '1', '2026-09-10 09:00:00', '"', '\n', ',', 'constructor', '__proto__'),
);
const row = fc.dictionary(fc.constantFrom(...Object.keys(viewRow('')), '__proto__', 'constructor'), cell);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(row, { maxLength: 5 }).map((rows) => JSON.stringify(rows)),
  fc.array(row, { maxLength: 5 }).map((rows) => rows.map((one) => JSON.stringify(one)).join('\n')),
  fc.array(fc.array(cell), { maxLength: 5 }).map((rows) => [Object.keys(viewRow('')), ...rows].join('\n')),
  fc.array(row).map(
    (rows) =>
      `<R>${rows
        .map(
          (one) =>
            `<W>${Object.entries(one)
              .map(([k, v]) => `<${k}>${v}</${k}>`)
              .join('')}</W>`,
        )
        .join('')}</R>`,
  ),
  fc.json({ maxDepth: 6 }),
);

/* What this spec guarantees: whatever somebody pastes is answered or refused, and refused in words. */
describe('a trial of a mapping', () => {
  it('answers or refuses any text in any format, by any mapping', async () => {
    const seen = { answered: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        ...([texts, fc.constantFrom(...TRIAL_FORMATS)] as const),
        ...([fc.constantFrom(...DOCUMENTS), fc.constantFrom(...DOCUMENTS)] as const),
        async (text, format, draft, held) => {
          try {
            const { records, sum } = await tryMapping(
              rowOf(draft),
              { mappings: inUse(held) },
              { text, format },
              NOW,
            );
            expect(records).toHaveLength(sum.records);
            for (const { now, draft: after } of records) expect(now !== null || after !== null).toBe(true);
            seen.answered++;
          } catch (error) {
            if (!(error instanceof DraftRefused)) throw error;
            expect(error.message).toMatch(/\p{Script=Han}/u);
            seen.refused++;
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(seen.answered).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(20);
  });

  it('does not repeat a long field without bound', async () => {
    const rule = (n: number): object => ({
      type: 'case.decided',
      id: `{YWLSH}/${n}`,
      subject: '{YWLSH}',
      time: '{BJSJ}',
    });
    const events = Array.from({ length: 100 }, (_, n) => ({ ...rule(n), data: { reason: '{BLRGH}' } }));
    const text = JSON.stringify([viewRow('H-1', { BLRGH: 'x'.repeat(200_000) })]);
    const work = tryMapping(
      rowOf({ ...EXCHANGE_VIEW, events }),
      { mappings: new Map() },
      { text, format: 'json' },
      NOW,
    );
    await expect(work).rejects.toMatchObject({ reason: 'too-large' });
  });
});
