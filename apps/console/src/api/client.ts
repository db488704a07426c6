import createClient from 'openapi-fetch';
import { i18n } from '../words';
import type { paths } from './schema';

/** An answer that is not the one wanted; `status` is null where there was no answer at all. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number | null,
    /** Word for programs, where the daemon gave one. */
    readonly code: string | null = null,
    /** The whole answer: what is wrong where, who changed something in between. */
    readonly answer: unknown = null,
  ) {
    super(message);
  }
}

/** The API of the document docs/openapi.json. A page of another site cannot set the header. */
const client = createClient<paths>({
  headers: { accept: 'application/json', 'x-mingjian-request': 'console' },
});

type Listener = () => void;
let whenSignedOut: Listener = () => undefined;

/** Says what happens when the session is over: an answer 401. */
export function onSignedOut(listener: Listener): void {
  whenSignedOut = listener;
}

interface Answered {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/**
 * The content of an answer. The document names paths, queries and bodies, and the type checker holds calls against it;
 * what an answer holds is written in `answers.ts`.
 * @throws ApiError with the reason that the daemon gave.
 */
export async function read<Answer>(asked: Promise<Answered>): Promise<Answer> {
  let answered: Answered;
  try {
    answered = await asked;
  } catch {
    throw new ApiError(i18n.global.t('state.unreachable'), null);
  }
  const { data, error, response } = answered;
  if (response.ok) return data as Answer;
  if (response.status === 401 && !response.url.endsWith('/v1/session')) whenSignedOut();
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  throw new ApiError(
    typeof message === 'string' ? message : i18n.global.t('state.answered', { status: response.status }),
    response.status,
    typeof code === 'string' ? code : null,
    error,
  );
}

export { client as api };
