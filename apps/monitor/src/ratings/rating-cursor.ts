import { BadRequestException } from '@nestjs/common';
import type { CaseRatingRow, RatingPlace } from '@mingjian/store';
import { z } from 'zod';

const Place = z.tuple([z.number().int(), z.string(), z.string(), z.string()]);

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
    // An instant that no date holds would fail in the store.
    new Date(ratedAt).toISOString();
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
