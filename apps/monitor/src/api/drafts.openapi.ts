import { HttpException, type PipeTransform } from '@nestjs/common';
import { createZodDto } from 'nestjs-zod';
import {
  DRAFT_KINDS,
  DRAFT_STATES,
  DraftActBody,
  DraftContent,
  DraftImport,
  ImpactBody,
  MappingTrial,
  NewDraft,
} from '@mingjian/contracts';
import { z } from 'zod';

const limit = z.coerce
  .number({ error: 'a whole number from 1 to 200' })
  .int('a whole number from 1 to 200')
  .min(1)
  .max(200)
  .default(50)
  .describe('Most entries in the answer, 1 to 200');

export class DraftsQuery extends createZodDto(
  z.strictObject({
    state: z.enum(DRAFT_STATES).optional(),
    kind: z.enum(DRAFT_KINDS).optional(),
    limit,
    before: z.coerce
      .number({ error: 'the id of a draft' })
      .int('the id of a draft')
      .positive()
      .optional()
      .describe('Only drafts with a smaller id: the next page'),
  }),
) {}

/** A class for one of several bodies: no class extends a union, so its instances say nothing; the schema says it. */
const dtoOfUnion = (schema: z.ZodType<object>) => createZodDto(schema);

export class NewDraftBody extends dtoOfUnion(NewDraft) {}
export class DraftContentBody extends createZodDto(DraftContent) {}
export class DraftActDto extends dtoOfUnion(DraftActBody) {}
export class DraftImportBody extends dtoOfUnion(DraftImport) {}
export class MappingTrialBody extends createZodDto(MappingTrial) {}
export class DraftImpactBody extends createZodDto(ImpactBody) {}

export class RuleVersionQuery extends createZodDto(
  z.strictObject({
    kind: z.enum(DRAFT_KINDS),
    id: z.string().min(1).max(64).describe('Id of the ruleset, calendar or recipients'),
    version: z.string().max(64).default('').describe('Version; empty for a calendar that has none'),
  }),
) {}

/** The header If-Match of a save: which version of a draft somebody changed. */
export class IfMatchPipe implements PipeTransform<unknown, number> {
  transform(value: unknown): number {
    const found = typeof value === 'string' ? /^\s*(?:W\/)?"?(\d{1,9})"?\s*$/.exec(value) : null;
    if (found !== null) return Number(found[1]);
    const statusCode = value === undefined ? 428 : 400;
    throw new HttpException(
      {
        statusCode,
        code: value === undefined ? 'version-required' : 'bad-version',
        message: '保存草稿须用 If-Match 说明所改的是第几版，如 If-Match: "3"',
      },
      statusCode,
    );
  }
}
