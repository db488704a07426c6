/** One thing that somebody writes or chooses before an act. */
export interface Field {
  name: string;
  label: string;
  /** `datetime` is written in the local time of the site and handed on as an instant with its offset. */
  kind: 'text' | 'long' | 'number' | 'choice' | 'date' | 'month' | 'datetime';
  /** What can be chosen: value and words. */
  choices?: readonly (readonly [string, string])[];
  isOptional?: boolean;
  value?: string;
  most?: number;
  /** Earliest date. */
  from?: string;
  /** Words of the fold that it lies in: it has a value that hardly anybody has to change. */
  fold?: string;
}

/** What was written, by field; what may be left out and was is not there. */
export type Written = Readonly<Record<string, string>>;

/** An act as it is asked for: its title, what has to be written, and what happens then. */
export interface AskedAct {
  title: string;
  fields: readonly Field[];
  /** What the person should know before. */
  hint?: string;
  run: (written: Written, key: string) => Promise<void>;
}

/** A key by which the daemon knows an act that is submitted twice. Not `randomUUID`: that needs TLS. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
