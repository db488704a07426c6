/** Why a sign-in by the provider came to nothing, before it was known who it was. */
export type TroubleReason = 'provider-down' | 'declined' | 'not-proved' | 'clock';

/**
 * The provider did not say, or not credibly, who somebody is. `detail` is for the log: kinds and names of claims, never
 * what stands in them.
 */
export class OidcTrouble extends Error {
  constructor(
    readonly reason: TroubleReason,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
    this.name = 'OidcTrouble';
  }
}

/** What an error of the library has beside its message. */
interface Told {
  name?: string;
  message?: string;
  /** `OAUTH_TIMEOUT`; a number where the platform itself threw. */
  code?: string | number;
  /** Word of the provider, such as `access_denied`. */
  error?: string;
  status?: number;
  claim?: string;
  cause?: unknown;
}

/** What an error means to the person who waits. @param otherwise what it means where nothing more is known. */
export function troubleOf(error: unknown, otherwise: TroubleReason = 'not-proved'): OidcTrouble {
  if (error instanceof OidcTrouble) return error;
  const chain = chainOf(error);
  const code = chain.find((one) => String(one.code).startsWith('OAUTH_'))?.code;
  const word = chain.find((one) => typeof one.error === 'string')?.error;
  const claim = chain.find((one) => typeof one.claim === 'string')?.claim;
  const detail = [chain[0]?.message, code, word, claim].filter((part) => part !== undefined).join(', ');
  if (isUnreachable(chain, word)) return new OidcTrouble('provider-down', detail);
  if (word === 'access_denied') return new OidcTrouble('declined', detail);
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return new OidcTrouble('clock', detail);
  return new OidcTrouble(otherwise, detail);
}

function isUnreachable(chain: readonly Told[], word: string | undefined): boolean {
  if (word === 'temporarily_unavailable' || word === 'server_error') return true;
  return chain.some(
    ({ message, code, status }) =>
      message === 'fetch failed' ||
      code === 'OAUTH_TIMEOUT' ||
      code === 'OAUTH_ABORT' ||
      (status !== undefined && status >= 500),
  );
}

/** An error and its causes, outermost first. */
function chainOf(error: unknown): Told[] {
  const chain: Told[] = [];
  let one: Told['cause'] = error;
  while (one !== null && typeof one === 'object' && chain.length < 8) {
    const told: Told = one;
    chain.push(told);
    one = told.cause;
  }
  return chain;
}
