import type { Readable } from 'node:stream';

/** What a command may touch of the world; tests give their own. */
export interface Io {
  stdin: Readable;
  /** Writes to standard output; resolves when the reader can take more. */
  out(text: string): Promise<void>;
  err(text: string): void;
  now(): number;
}

/** Exit codes of the command line (sysexits.h where it has one). */
export const EXIT = {
  done: 0,
  findings: 1,
  usage: 64,
  badData: 65,
  software: 70,
  config: 78,
} as const;

/** The command line itself is wrong: exit code 64. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
