import { BadInputError, type MappingTrial, type StepEvent } from '@mingjian/contracts';
import {
  compileMapping,
  emptyPreviewSum,
  MappingDocument,
  previewText,
  type Mapping,
  type PreviewedRecord,
  type PreviewSum,
} from '@mingjian/mapping';
import type { RuleDraftRow } from '@mingjian/store';
import type { DraftBook } from '../draft-book';
import { DraftRefused } from '../draft-refused';
import { documentOf } from '../draft-rows';
import { expectedInChinese } from '../expected-words';
import { gotInChinese } from './expected-mapping-words';
import { FUTURE_TOLERANCE_MS, mappingInUse } from './mapping-impact';
import { recordProblem, type RecordProblem } from './record-outcome';

/** What may be pasted: more is a delivery, which `mingjian import --dry-run` looks at. */
const MOST_BYTES = 256 * 1024;
const MOST_RECORDS = 200;
/** Characters of all events of an answer: many rules may each repeat a long field. */
const MOST_ANSWERED = 4 * 1024 * 1024;

/** What a pasted record comes to: no event is no fault. Of several rules some may fit and one not: then it has both. */
export type TriedOutcome = { events: StepEvent[] } | { problem: RecordProblem; events?: StepEvent[] };

/** What pasted records come to. */
export interface TriedText {
  /** By the mapping in use and by the draft; null: there is none, or it finds no such record in the text. */
  records: { place: string; now: TriedOutcome | null; draft: TriedOutcome | null }[];
  sum: {
    records: number;
    /** Records that come to something else. */
    changed: number;
    /** Null where none is in use under the name, this software cannot read it, or it cannot read the text. */
    now: PreviewSum | null;
    draft: PreviewSum;
    /** Why the mapping in use cannot read the text as a whole. */
    nowProblems: TextProblem[];
  };
}

/** What keeps a text as a whole from being read. */
type TextProblem = Pick<RecordProblem, 'field' | 'expected' | 'got' | 'hint'>;

/**
 * 试运行: what pasted records come to by the mapping in use and by a draft, through the path of collectors without its end. Rows are joined
 * within the text alone. Nothing is kept, sent or published.
 * @param now epoch milliseconds, the receipt. @throws DraftRefused where the text is too large or cannot be read by the draft.
 */
export async function tryMapping(
  row: RuleDraftRow,
  { mappings }: Pick<DraftBook, 'mappings'>,
  { text, format }: MappingTrial,
  now: number,
): Promise<TriedText> {
  if (row.kind !== 'mapping') throw new DraftRefused('no-trial', '只有映射草稿可以试运行');
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw new DraftRefused('too-large', `试运行的文本不超过 ${MOST_BYTES / 1024} KB，请只粘贴一部分记录`);
  const draft = MappingDocument.safeParse(documentOf(row));
  if (!draft.success)
    throw new DraftRefused('has-errors', '草稿的格式有错误，改正后才能试运行', {
      problems: JSON.parse(row.problems) as unknown,
    });
  const read = (mapping: Mapping): Promise<Read> => readBy(mapping, { text, format }, now);
  const after = await read(compileMapping(draft.data));
  if ('problems' in after)
    throw new DraftRefused('unreadable-records', '按草稿读不出记录', { problems: after.problems });
  const inUse = mappingInUse(mappings.get(row.documentId));
  const before = inUse === null ? null : await read(inUse);
  const earlier = before !== null && 'records' in before ? before : null;
  const places = new Set([...after.records.keys(), ...(earlier?.records.keys() ?? [])]);
  const records = [...places].map((place) => ({
    place,
    now: earlier?.records.get(place) ?? null,
    draft: after.records.get(place) ?? null,
  }));
  return {
    records,
    sum: {
      records: records.length,
      changed:
        earlier === null
          ? 0
          : records.filter((one) => JSON.stringify(one.now) !== JSON.stringify(one.draft)).length,
      now: earlier?.sum ?? null,
      draft: after.sum,
      nowProblems: before !== null && 'problems' in before ? before.problems : [],
    },
  };
}

type Read = { records: Map<string, TriedOutcome>; sum: PreviewSum } | { problems: TextProblem[] };

async function readBy(mapping: Mapping, { text, format }: MappingTrial, now: number): Promise<Read> {
  const sum = emptyPreviewSum();
  const records = new Map<string, TriedOutcome>();
  const options = {
    ...{ mapping, limit: MOST_RECORDS + 1, clock: { now: () => now } },
    settings: { futureToleranceSeconds: FUTURE_TOLERANCE_MS / 1000 },
    text: { name: '', pieces: [text], format },
  };
  let answered = 0;
  try {
    for await (const record of previewText(options, sum)) {
      if (sum.records > MOST_RECORDS)
        throw new DraftRefused('too-large', `试运行的记录不超过 ${MOST_RECORDS} 条，请只粘贴一部分记录`);
      const outcome = outcomeOf(record);
      answered += JSON.stringify(outcome).length;
      if (answered > MOST_ANSWERED) throw new DraftRefused('too-large', '试运行的结果过大，请只粘贴少量记录');
      records.set(placeOf(record), outcome);
    }
    return { records, sum };
  } catch (error) {
    // Deeper than what a call of functions within functions can walk over.
    if (error instanceof RangeError) return { problems: [TOO_DEEP] };
    if (!(error instanceof BadInputError)) throw error;
    return {
      problems: error.problems.map(({ field, expected, got, hint }) => ({
        ...{ field, got: gotInChinese(got) },
        ...expectedInChinese(expected, hint),
      })),
    };
  }
}

const TOO_DEEP: TextProblem = { field: '', expected: '嵌套不深的记录', got: '嵌套过深', hint: '检查文本' };

function outcomeOf({ events, rejects: [reject] }: PreviewedRecord): TriedOutcome {
  const meant = events.map(({ event }) => event);
  if (reject === undefined) return { events: meant };
  const problem = recordProblem(reject.reason, reject.problem, false);
  return meant.length === 0 ? { problem } : { problem, events: meant };
}

/** `17` of a line, `ROWDATA.ROW#3` of an element. */
function placeOf({ place }: PreviewedRecord): string {
  return place.replace(/^[:#\s]+/, '');
}
