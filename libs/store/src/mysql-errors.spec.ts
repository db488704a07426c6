import { QueryFailedError } from 'typeorm';
import { ConflictError, isTransient, isUnavailable } from './mysql-errors';

/** As TypeORM hands on what the driver was told by a server. */
const failed = (errno: number, code?: string): QueryFailedError =>
  new QueryFailedError('COMMIT', [], Object.assign(new Error('said by the server'), { errno, code }));

describe('an error of the server', () => {
  it.each([
    ['a deadlock', 1213, 'ER_LOCK_DEADLOCK'],
    ['a write conflict in TiDB', 9007, undefined],
    ['a commit that TiDB undid', 8022, undefined],
    ['a schema that changed under the transaction in TiDB', 8028, undefined],
  ])('that is %s is tried again soon: the server is there', (_, errno, code) => {
    expect([isTransient(failed(errno, code)), isUnavailable(failed(errno, code))]).toEqual([true, false]);
  });

  it('of our own, that somebody else was quicker, is tried again soon', () => {
    const quicker = new ConflictError('another transaction has just begun the chain orders');
    expect([isTransient(quicker), isUnavailable(quicker)]).toEqual([true, false]);
  });

  it.each([
    ['a shutdown', 1053, 'ER_SERVER_SHUTDOWN'],
    ['a placement driver of TiDB that does not answer', 9001, undefined],
    ['a region of TiDB without a leader', 9005, undefined],
  ])('that is %s is tried again after longer and longer waits', (_, errno, code) => {
    expect([isTransient(failed(errno, code)), isUnavailable(failed(errno, code))]).toEqual([true, true]);
  });

  it.each([
    ['a key that is there', 1062, 'ER_DUP_ENTRY'],
    ['a row larger than TiDB takes', 8025, undefined],
    ['a word that TiDB refuses', 1235, 'ER_NOT_SUPPORTED_YET'],
  ])('that is %s is told at once: it would be the same again', (_, errno, code) => {
    expect(isTransient(failed(errno, code))).toBe(false);
  });
});
