import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What a receiver took, by the key by which it knows a message. */
export interface Taken {
  key: string;
  to: string;
  body: string;
  headers: Record<string, string>;
}

/**
 * What a receiver does with the next message. `cut-after`: takes it, and breaks the connection off before it says so; `hold`:
 * takes it and never says so; `answer`: over HTTP, status 200 with this text, as group robots refuse.
 */
export type Behaviour = 'take' | 'slow' | 'cut-after' | 'hold' | { refuse: number } | { answer: string };

/** A real server that takes messages, in whichever way the test wants. */
export interface Receiver {
  port: number;
  /** Everything that was taken, repeats too, in order. */
  taken: Taken[];
  /** How the next messages are treated, in order; then all are taken. */
  next: Behaviour[];
  /** Attempts in all, refused ones too. */
  attempts: number;
  stop(): Promise<void>;
}

/** How long a slow receiver takes. */
const SLOW_MS = 150;

/** An HTTP receiver on a free port, or on the one given. */
export async function httpReceiver(port = 0): Promise<Receiver> {
  const receiver: Receiver = { port, taken: [], next: [], attempts: 0, stop: () => Promise.resolve() };
  const server = createServer((request, response) => void answer(receiver, request, response));
  receiver.port = await listening(server, port);
  receiver.stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return receiver;
}

async function answer(receiver: Receiver, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  receiver.attempts++;
  const behaviour = receiver.next.shift() ?? 'take';
  if (typeof behaviour === 'object') {
    if ('refuse' in behaviour) response.writeHead(behaviour.refuse).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(behaviour.answer);
    return;
  }
  if (behaviour === 'slow') await pause(SLOW_MS);
  const headers = request.headers as Record<string, string>;
  receiver.taken.push({ key: headers['idempotency-key'] ?? '', to: request.url ?? '', body, headers });
  if (behaviour === 'cut-after') request.socket.destroy();
  else if (behaviour !== 'hold')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"errcode":0}');
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** What `smtp-server` keeps of a connection, of which its types say nothing. */
interface SmtpConnection {
  id: string;
  _socket: Socket;
}

/** A real SMTP server on a free port, or on the one given. */
export async function smtpReceiver(port = 0): Promise<Receiver> {
  const receiver: Receiver = { port, taken: [], next: [], attempts: 0, stop: () => Promise.resolve() };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, session, done) => void takeMail(receiver, server, stream, session, done),
  });
  // A connection that was cut on purpose.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  receiver.port = (server.server.address() as AddressInfo).port;
  receiver.stop = () => {
    for (const { _socket } of server.connections as Set<SmtpConnection>) _socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return receiver;
}

async function takeMail(
  receiver: Receiver,
  server: SMTPServer,
  stream: AsyncIterable<Buffer>,
  session: SMTPServerSession,
  done: (error?: Error | null) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    return; // The sender was killed in the middle of its message: there is nobody to answer, and nothing was taken.
  }
  receiver.attempts++;
  const behaviour = receiver.next.shift() ?? 'take';
  if (typeof behaviour === 'object') {
    const responseCode = 'refuse' in behaviour ? behaviour.refuse : 550;
    done(Object.assign(new Error('refused for the test'), { responseCode }));
    return;
  }
  if (behaviour === 'slow') await pause(SLOW_MS);
  const body = Buffer.concat(chunks).toString('utf8');
  const headers = headersOf(body);
  const to = session.envelope.rcptTo.map(({ address }) => address).join();
  receiver.taken.push({ key: headers['message-id'] ?? '', to, body, headers });
  if (behaviour === 'cut-after')
    for (const connection of server.connections as Set<SmtpConnection>) {
      if (connection.id === session.id) connection._socket.destroy();
    }
  else if (behaviour !== 'hold') done();
}

function headersOf(mail: string): Record<string, string> {
  const head = mail.split('\r\n\r\n')[0] ?? '';
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
}

/** How often each recipient got each message, as the receiver tells them apart: all ones is what there should be. */
export function timesTaken({ taken }: Receiver): number[] {
  const times = new Map<string, number>();
  for (const { key, to } of taken) times.set(`${to} ${key}`, (times.get(`${to} ${key}`) ?? 0) + 1);
  return [...times.values()];
}

/** Messages as a receiver sees them that leaves out what it has seen: one for each key. */
export function distinct({ taken }: Receiver): Taken[] {
  return [...new Map(taken.map((one) => [`${one.to} ${one.key}`, one])).values()];
}
