import { createZodDto } from 'nestjs-zod';
import { LimitText } from '@mingjian/contracts';
import { z } from 'zod';

const day = z.iso.date({ error: 'a date, written YYYY-MM-DD' });

export class RulesQuery extends createZodDto(
  z.strictObject({
    version: z.string().min(1).max(64).optional().describe('A version; without it the one in force today'),
  }),
) {}

export class CalendarQuery extends createZodDto(
  z.strictObject({
    year: z.coerce
      .number({ error: 'a year such as 2026' })
      .int('a year such as 2026')
      .min(2000, 'a year from 2000 on')
      .max(2100, 'a year up to 2100')
      .optional()
      .describe('Without it the year of today'),
  }),
) {}

export class WhatIfQuery extends createZodDto(
  z.strictObject({
    item: z.string().min(1).max(64).describe('Code of an approval item'),
    promise: LimitText.describe('The other promise, such as 3wd'),
    since: day.describe('First day'),
    until: day.describe('Last day'),
  }),
) {}

export class NoticeBody extends createZodDto(
  z.strictObject({
    text: z.string().min(1).max(20_000).describe('The notice of the State Council on holidays, as pasted'),
    notice: z.string().max(300).default('').describe('Where it is published'),
    knownSince: day.describe('The day on which it was published'),
  }),
) {}
