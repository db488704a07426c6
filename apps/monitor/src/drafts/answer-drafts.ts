import { HttpException } from '@nestjs/common';
import { DraftRefused } from './draft-refused';

/**
 * Runs something about drafts for a request. What is refused becomes an answer: a word for programs, a sentence for people,
 * and what belongs to it. @param stale status for who comes too late: 412 where the request says If-Match.
 */
export async function answeredDraft<T>(work: () => Promise<T>, stale = 409): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DraftRefused)) throw error;
    const { reason, message, more } = error;
    const statusCode = reason === 'edited-since' ? stale : error.status;
    throw new HttpException({ statusCode, code: reason, message, ...more }, statusCode);
  }
}
