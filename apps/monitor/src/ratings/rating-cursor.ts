import { BadRequestException } from '@nestjs/common';
import type { CaseRatingRow, RatingPlace } from '@mingjian/store';
import { z } from 'zod';

/** Up to the end of the year 9999: what a column of the store can hold. */
const LAST_INSTANT = 253_402_300_799_999;
const Place = z.tuple([
  z.number().int().min(0).max(LAST_INSTANT),
  z.string().max(64),
  z.string().max(128),
  z.string().max(128),
]);

/** The place of the last rating of a page, for the query of the next one. A rebuild keeps it valid: it names no row. */
export function cursorOfRating({ ratedAt, caseNo, source, eventId }: CaseRatingRow): string {
  return Buffer.from(JSON.stringify([ratedAt, caseNo, source, eventId])).toString('base64url');
}

/** @throws BadRequestException where it is none of ours. */
export function readRatingCursor(cursor: string): RatingPlace {
  try {
    const [ratedAt, caseNo, source, eventId] = Place.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    return { ratedAt, caseNo, source, eventId };
  } catch {
    const message = 'query: cursor: expected `next` of an earlier page';
    const problem = {
      ...{ place: 'query', field: 'cursor', expected: '`next` of an earlier page' },
      ...{ got: cursor.slice(0, 40), hint: 'start again without a cursor' },
    };
    throw new BadRequestException({ statusCode: 400, message, problems: [problem] });
  }
}
