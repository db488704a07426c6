import pino, { type Logger } from 'pino';
import { withoutApiKeys } from './api-key';
import { withoutCredentials } from './without-secrets';

export type { Logger } from 'pino';

/** Where log lines go: standard error or a test's array. */
export interface LineSink {
  write(line: string): unknown;
  isTTY?: boolean;
}

/** `parameters`: what a failed statement was given; it may be of a person, or a hash of a password. */
const SECRETS = [
  'authorization',
  'x-api-key',
  'key',
  'apiKey',
  'password',
  'oneTimePassword',
  'cookie',
  'token',
  'secret',
  'parameters',
];

/**
 * The logger: one JSON object a line, or one readable line where a person watches (a terminal).
 * A message is a constant sentence; what varies goes into fields. Keys and credentials are masked,
 * API keys and the passwords of addresses too, wherever they stand.
 */
export function createLogger(options: {
  level: string;
  /** Default: JSON unless the sink is a terminal. */
  json?: boolean;
  sink?: LineSink;
}): Logger {
  const sink = options.sink ?? process.stderr;
  const json = options.json ?? sink.isTTY !== true;
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRETS.flatMap((name) =>
          ['', '*', 'req.headers', 'headers'].map((parent) => memberPath(parent, name)),
        ),
        censor: '***',
      },
    },
    {
      write: (line: string) => {
        const masked = withoutApiKeys(withoutCredentials(line));
        sink.write(json ? masked : readable(masked));
      },
    },
  );
}

function memberPath(parent: string, name: string): string {
  const member = name.includes('-') ? `["${name}"]` : name;
  if (parent === '') return member;
  return member.startsWith('[') ? parent + member : `${parent}.${member}`;
}

/** `10:00:04 INFO  Listening. port=8080` — local time of the machine, for the person at it. */
function readable(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(String(time)).toTimeString().slice(0, 8);
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${inLine(value)}`);
  const trace = isError(err) ? `\n${err.stack ?? err.message}` : '';
  return [clock, String(level).toUpperCase().padEnd(5), inLine(msg ?? ''), ...shown].join(' ') + `${trace}\n`;
}

function inLine(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isError(value: unknown): value is { message: string; stack?: string } {
  return typeof value === 'object' && value !== null && 'message' in value;
}
