import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QuarantineRecord } from '@mingjian/contracts';
import {
  keepQuarantined,
  saveFeedMapping,
  writtenDigest,
  type FeedMappingRow,
  type Store,
} from '@mingjian/store';
import { parse } from 'yaml';
import type { Written } from '../draft-document';

/** The mapping of an exchange view that comes with the product. */
export const EXCHANGE_VIEW = parse(
  readFileSync(join(__dirname, '../../../../../feeds/mappings/exchange-view.yaml'), 'utf8'),
) as Written;
export const SOURCE = 'urn:dept:420684:housing';

/** Tells, as a collector does, that a feed reads with a mapping. */
export function tellMapping(
  store: Store,
  written: Written,
  row: Partial<FeedMappingRow> = {},
): Promise<void> {
  return store.write((transaction) =>
    saveFeedMapping(transaction, {
      ...{ feed: 'housing-view', kind: 'table', mapping: String(written.mapping), origin: 'file' },
      ...{ document: JSON.stringify(written), digest: writtenDigest(written), draftId: null },
      ...{ source: SOURCE, toldAt: Date.parse('2026-09-13T10:00:00Z') },
      ...row,
    }),
  );
}

/** Puts records of the view into quarantine, as a collector does that could not use them. */
export function quarantineRows(
  store: Store,
  rows: readonly (Partial<QuarantineRecord> & { raw: string })[],
): Promise<number> {
  return store.write((transaction) =>
    keepQuarantined(
      transaction,
      rows.map((row, number) => ({
        ...{
          id: `row-${number}`,
          source: SOURCE,
          feed: 'table',
          place: `housing-view: v_case[id=${number}]`,
        },
        ...{ reason: 'unmappable', field: 'BJJGDM', expected: 'a code of table outcomes (1, 2)', got: '"3"' },
        ...{ hint: 'add the code to table outcomes of the mapping', receivedat: '2026-09-13T08:00:00Z' },
        ...row,
      })),
    ),
  );
}

/** A row of the view. */
export function viewRow(no: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    ...{ YWLSH: no, SLSJ: '2026-09-10 09:00:00', SXBM: 'A0101', BLRGH: '8017' },
    ...{ BJSJ: '2026-09-11 16:00:00', BJJGDM: '1', ...more },
  };
}
