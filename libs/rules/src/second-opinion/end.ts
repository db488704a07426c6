/** The end of a case. */
export interface End {
  /** Infinity: open. */
  at: number;
  /** Latest instant at which something that begins still belongs to the case. */
  lastBegin: number;
}

/** An end that is reported: what is reported for the same instant was before it. */
export function endAt(at: number): End {
  return { at, lastBegin: at };
}
