/** Why something about a draft is refused, a closed list, with its HTTP status. */
const STATUS = {
  'not-found': 404,
  'unknown-version': 404,
  'not-yours': 403,
  'own-draft': 403,
  'edited-since': 409,
  'wrong-state': 409,
  'base-moved': 409,
  busy: 409,
  'has-errors': 422,
  'no-date': 422,
  'nothing-changed': 422,
  'in-the-past': 422,
  'contradicts-file': 422,
  'unreadable-notice': 422,
  'bad-import': 422,
  'holds-secret': 422,
  'missing-file': 422,
  'no-trial': 422,
  'unreadable-records': 422,
  'too-large': 413,
  unreadable: 400,
} as const;
export type DraftRefusal = keyof typeof STATUS;

/** Something about a draft that is not possible; nothing was written. The message is for the person who tried. */
export class DraftRefused extends Error {
  constructor(
    readonly reason: DraftRefusal,
    message: string,
    /** What belongs to it: problems, who edited it. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'DraftRefused';
  }

  /** The HTTP status of such a refusal. */
  get status(): number {
    return STATUS[this.reason];
  }
}
