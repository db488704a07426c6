/** Somebody else was quicker, and this transaction cannot go on with what it has seen: `Store.write` does it again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** Somebody else held a row: the transaction was undone and may be tried again. */
const CONFLICTS = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

/**
 * The same of TiDB, whose own numbers have no names: a row, or the schema, was changed by another transaction before this
 * one could commit; locks could not be cleared in time; the transaction lived too long.
 * Source: its documentation, "Error Codes and Troubleshooting".
 */
const CONFLICT_NUMBERS = new Set([8002, 8005, 8022, 8028, 8229, 9004, 9007]);

/** The server, or the way to it, is gone for now; what was not committed is undone. */
const GONE = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_QUERY_INTERRUPTED',
  'ER_CONNECTION_KILLED',
  'ER_NORMAL_SHUTDOWN',
  'ER_NEW_ABORTING_CONNECTION',
  // The disk of the server is full: it takes nothing until somebody makes room.
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
]);

/**
 * The same of TiDB: a part of the cluster is away, late, busy or without a leader, or this server's schema is out of date.
 * Source: as above. Where nobody can say whether a commit took place, it closes the connection.
 */
const GONE_NUMBERS = new Set([8027, 8120, 9001, 9002, 9003, 9005, 9008, 9010]);

/** Whether the same work may succeed when it is done again. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ConflictError) return true;
  return CONFLICTS.has(codeOf(error)) || CONFLICT_NUMBERS.has(numberOf(error)) || isUnavailable(error);
}

/** Whether the server could not be used at all: worth a longer wait than a conflict over a row. */
export function isUnavailable(error: unknown): boolean {
  if (GONE.has(codeOf(error)) || GONE_NUMBERS.has(numberOf(error))) return true;
  // The driver says this one in words only.
  return error instanceof Error && /closed state|Connection lost|Pool is closed/i.test(error.message);
}

/** The name that the driver gives an error of the server, `ER_DUP_ENTRY`; empty: it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string') return code;
  return driverError === undefined ? '' : codeOf(driverError);
}

/** 0: it has none. */
function numberOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 0;
  const { errno, driverError } = error as { errno?: unknown; driverError?: unknown };
  if (typeof errno === 'number') return errno;
  return driverError === undefined ? 0 : numberOf(driverError);
}
