import { z } from 'zod';
import { seenVersion, writtenText } from './act';

/** What can be changed by a draft: 规则集, 工作日历, 接收人, 考评方案, 来源登记, 映射. */
export const DRAFT_KINDS = ['ruleset', 'calendar', 'recipients', 'scheme', 'sources', 'mapping'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** 编制中, 待批准, 已退回, 已批准, 已作废. */
export const DRAFT_STATES = ['editing', 'submitted', 'returned', 'approved', 'discarded'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** What can be done with a draft. */
export const DRAFT_DOINGS = [
  'edit',
  'submit',
  'recall',
  'approve',
  'return',
  'discard',
  'rebase',
  'revert',
  'impact',
] as const;
export type DraftDoing = (typeof DRAFT_DOINGS)[number];

/** What stands in the history of a draft. */
export type DraftAct = 'create' | 'save' | 'submit' | 'recall' | 'approve' | 'return' | 'discard' | 'rebase';

const day = z.iso.date({ error: 'a date, written YYYY-MM-DD' });
const title = writtenText(200).optional().describe('What the change is about, in a few words');
const documentId = z.string().min(1).max(64);

/** Longest YAML text of a document, characters. */
export const LONGEST_YAML = 1_000_000;
const yamlText = z.string().min(1).max(LONGEST_YAML);

/** A holiday notice of the State Council, as pasted. */
export const NoticeText = z.strictObject({
  text: z.string().min(1).max(20_000).describe('The notice of the State Council on holidays, as pasted'),
  notice: z.string().max(300).default('').describe('Where it is published'),
  knownSince: day.describe('The day on which it was published'),
});

/** What a draft begins with. */
export const NewDraft = z.union(
  [
    z.strictObject({
      kind: z.literal('ruleset'),
      title,
      version: z.string().min(1).max(64).optional().describe('An older version to go back to'),
    }),
    z.strictObject({
      kind: z.literal('calendar'),
      title,
      calendar: documentId.optional().describe('Without it the calendar of the newest ruleset'),
      notice: NoticeText.optional().describe('Its days are put into the calendar'),
    }),
    z.strictObject({ kind: z.enum(['recipients', 'scheme', 'sources']), title }),
    z.strictObject({
      kind: z.literal('mapping'),
      mapping: documentId.describe('Name of the mapping; one that nobody uses begins a new one'),
      title,
    }),
    z.strictObject({
      revertOf: z.number().int().positive().describe('Id of an approved draft, to be taken back'),
      title,
    }),
  ],
  {
    error:
      '{ kind: ruleset }, { kind: ruleset, version }, { kind: calendar }, { kind: calendar, notice }, { kind: recipients }, { kind: scheme }, { kind: sources }, { kind: mapping, mapping } or { revertOf: id }',
  },
);
export type NewDraft = z.output<typeof NewDraft>;

/** A draft as it is to be from now on: the whole document, as it is written or as YAML. */
export const DraftContent = z
  .strictObject({
    title,
    document: z.record(z.string(), z.unknown()).optional(),
    yaml: yamlText.optional(),
  })
  .refine(({ document, yaml }) => (document === undefined) !== (yaml === undefined), {
    error: 'either document or yaml',
  });
export type DraftContent = z.output<typeof DraftContent>;

const reason = writtenText(2000);

/** One act about a draft. */
export const DraftActBody = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('submit'),
    version: seenVersion,
    reason: reason.describe('Why the rules are to change'),
    inForceFrom: day
      .optional()
      .describe(
        'First day on which the new ruleset holds, or of the first month that the scheme scores; others have none',
      ),
  }),
  z.strictObject({ type: z.literal('recall'), version: seenVersion }),
  z.strictObject({ type: z.literal('approve'), version: seenVersion, note: reason.optional() }),
  z.strictObject({ type: z.literal('return'), version: seenVersion, note: reason }),
  z.strictObject({ type: z.literal('discard'), version: seenVersion }),
  z.strictObject({ type: z.literal('rebase'), version: seenVersion }),
]);
export type DraftActBody = z.output<typeof DraftActBody>;

/** A file that takes the place of the document, or of its items and limits. */
export const DraftImport = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('yaml'), version: seenVersion, content: yamlText }),
  z.strictObject({
    format: z.literal('xlsx'),
    version: seenVersion,
    content: z.base64({ error: 'the workbook in base64' }).min(4).max(1_900_000),
  }),
]);
export type DraftImport = z.output<typeof DraftImport>;

/** How much of the past a back-test looks at. */
export const ImpactBody = z.strictObject({
  days: z.number().int().min(1).max(366).default(90).describe('Days before today'),
});
