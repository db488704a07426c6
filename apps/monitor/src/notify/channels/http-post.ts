import { ChannelError } from './channel';

/** An answer of which nobody needs more than this. */
const MOST_ANSWER_CHARACTERS = 10_000;

/** Codes of Node for a server that is not there at all: nothing was sent. */
const NOT_REACHABLE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

export interface HttpPost {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
  method?: 'POST' | 'PUT';
}

/**
 * Sends a body and gives back the text of an answer of status 2xx. Redirects are not followed: they would carry secrets to
 * wherever the answer says.
 * @throws ChannelError for every other ending, with a reason of the closed list.
 */
export async function httpPost({
  url,
  headers,
  body,
  timeoutMs,
  method = 'POST',
}: HttpPost): Promise<string> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: { ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = (await response.text()).slice(0, MOST_ANSWER_CHARACTERS);
  } catch (error) {
    throw connectionError(error);
  }
  if (response.ok) return text;
  throw statusError(response);
}

function connectionError(error: unknown): ChannelError {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return new ChannelError('timeout', 'no answer in time');
  const code = cause?.code ?? '';
  if (NOT_REACHABLE.includes(code)) return new ChannelError('not-reachable', code);
  if (/CERT|TLS|SSL|ALTNAME/.test(code)) return new ChannelError('tls', code);
  return new ChannelError('connection-lost', code === '' ? 'the connection broke off' : code);
}

function statusError(response: Response): ChannelError {
  const { status } = response;
  const detail = `answered ${status}`;
  const retryAfterMs = retryAfterOf(response.headers.get('retry-after'));
  if (status === 401 || status === 403) return new ChannelError('unauthorised', detail);
  if (status === 408 || status === 425) return new ChannelError('busy', detail, retryAfterMs);
  if (status === 429) return new ChannelError('throttled', detail, retryAfterMs);
  if (status >= 500) return new ChannelError('server-error', detail, retryAfterMs);
  return new ChannelError('rejected', detail);
}

/** Seconds, as gateways write it; a date is not read. */
function retryAfterOf(header: string | null): number | null {
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null;
}
