/** Why an act of a person is refused, a closed list. */
export type RefusalReason =
  | 'not-found'
  | 'not-yours'
  | 'stale-version'
  | 'key-reused'
  | 'wrong-state'
  | 'no-extension-left'
  | 'extension-too-long'
  | 'extension-pending'
  | 'no-extension-asked'
  | 'reply-overdue'
  | 'unknown-department'
  | 'unknown-source'
  | 'light-does-not-hold'
  | 'light-not-appealable'
  | 'appeal-pending'
  | 'appeal-too-late'
  | 'appealed-already'
  | 'unknown-case'
  | 'return-too-late'
  | 'accused-handles'
  | 'unknown-policy'
  | 'no-sealing-keys'
  | 'anonymous'
  | 'not-yet'
  | 'no-review'
  | 'review-too-late'
  | 'hearing-out-of-order'
  | 'concluded-matter'
  | 'rating-not-appealable'
  | 'rating-appeal-too-late'
  | 'rating-appeal-pending'
  | 'rating-appealed-already';

/** An act that is not possible, in words for the person who tried; nothing was written. */
export class ActRefused extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
    this.name = 'ActRefused';
  }

  /** The HTTP status of such a refusal. */
  get status(): 403 | 404 | 409 | 422 {
    switch (this.reason) {
      case 'not-found':
        return 404;
      case 'not-yours':
        return 403;
      case 'stale-version':
      case 'key-reused':
      case 'wrong-state':
      case 'appeal-pending':
      case 'appealed-already':
      case 'rating-appeal-pending':
      case 'rating-appealed-already':
        return 409;
      default:
        return 422;
    }
  }
}
