/** Somebody else held a row: the transaction was undone and may be tried again. */
const CONFLICTS = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

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

/** Whether the same work may succeed when it is done again. */
export function isTransient(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error)) || isUnavailable(error);
}

/** Whether the server could not be used at all: worth a longer wait than a conflict over a row. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (GONE.has(code)) return true;
  // The driver says this one in words only.
  return error instanceof Error && /closed state|Connection lost|Pool is closed/i.test(error.message);
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string') return code;
  return driverError === undefined ? '' : codeOf(driverError);
}
