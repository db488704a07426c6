import { BadInputError, parseYamlDocument } from '@mingjian/contracts';
import { stringify } from 'yaml';
import { z } from 'zod';
import { DraftRefused } from './draft-refused';

/** A document as it is written. */
export type Written = Readonly<Record<string, unknown>>;

/** A document as YAML, as it would stand in a file. */
export function yamlOf(written: unknown): string {
  return stringify(written, { lineWidth: 0, aliasDuplicateObjects: false });
}

const AnyMembers = z.record(z.string(), z.unknown(), {
  error: 'members such as version: and name:',
});

/** What a YAML or JSON text says, not yet held against a schema. @throws DraftRefused with the line. */
export function writtenInYaml(text: string): Written {
  try {
    return shallow(AnyMembers.parse(parseYamlDocument(text, 'YAML', AnyMembers)));
  } catch (error) {
    if (error instanceof RangeError) throw new DraftRefused('unreadable', TOO_DEEP);
    if (!(error instanceof BadInputError)) throw error;
    const [first] = error.problems;
    const line = /:(\d+)$/.exec(first?.place ?? '')?.[1];
    throw new DraftRefused(
      'unreadable',
      `${line === undefined ? '' : `第 ${line} 行起`}不是有效的 YAML 文本`,
      {
        problems: error.problems,
      },
    );
  }
}

/** Members within members, deeper than any document: what walks over it must not run out of stack. */
const DEEPEST = 40;
const TOO_DEEP = '内容嵌套过深，不是规则文件';

/** The document, if it is no deeper than a document can be. @throws DraftRefused */
export function shallow(document: Written): Written {
  let level: unknown[] = [document];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new DraftRefused('unreadable', TOO_DEEP);
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  }
  return document;
}

/** A name for the version after `base` that no version has. @param today `YYYY-MM-DD` */
export function nextVersion(base: string | null, taken: ReadonlySet<string>, today: string): string {
  if (base !== null && /^\d{1,6}$/.test(base)) {
    let number = Number(base) + 1;
    while (taken.has(String(number))) number++;
    return String(number);
  }
  let version = today;
  for (let n = 2; taken.has(version); n++) version = `${today}.${n}`;
  return version;
}
