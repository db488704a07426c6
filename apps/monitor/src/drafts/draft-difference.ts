import type { RuleDraftRow } from '@mingjian/store';
import { pathInChinese, valueInChinese } from './document-words';
import { documentOf } from './draft-rows';
import { yamlOf } from './draft-document';
import { fieldDifference } from './field-difference';
import { isGiven } from './own-changes';
import { textDifference, type TextLine } from './text-difference';

/** What a draft changes, for people: member by member in Chinese, and as YAML line by line. */
export interface DraftDifference {
  base: { version: string | null; inForceFrom: string | null };
  fields: {
    path: string[];
    field: string;
    kind: 'added' | 'removed' | 'changed';
    /** Whether every draft changes it: version and days. */
    isGiven: boolean;
    before: string | null;
    after: string | null;
  }[];
  yaml: TextLine[];
}

/** Characters of a value as it is compared: whoever approves a change has to see all of it. */
const WHOLE = 20_000;

export function draftDifference(row: RuleDraftRow): DraftDifference {
  const base: unknown = JSON.parse(row.baseDocument);
  const document = documentOf(row);
  return {
    base: { version: row.baseVersion, inForceFrom: row.baseInForceFrom },
    fields: fieldDifference(base, document).map(({ path, before, after }) => ({
      path,
      // What was taken out is named as it was called before.
      field: pathInChinese(path, after === undefined ? base : document),
      kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      isGiven: isGiven({ path }),
      before: valueInChinese(before, path, WHOLE),
      after: valueInChinese(after, path, WHOLE),
    })),
    yaml: textDifference(yamlOf(base), yamlOf(document)),
  };
}
