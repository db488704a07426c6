import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Alertmanager says of a group of alerts; all of one name, as the example groups them. */
export interface Told {
  /** Name of the receiver in Alertmanager's configuration. */
  receiver: string;
  alert: string;
  /** `resolved` once no alert of the group fires any more. */
  status: 'firing' | 'resolved';
}

/** One server for both who are told here: those whom Alertmanager calls, and those to whom the daemon itself sends notices. */
export class Receiver {
  /** Whether notices of the daemon are refused. */
  isRefusing = false;
  /** Notices taken, and refused. */
  readonly notices = { taken: 0, refused: 0 };

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param told called for each message of Alertmanager */
  static async open(told: (what: Told) => void): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      void textOf(request).then((text) => {
        response.statusCode = receiver.take(request.url ?? '', text, told);
        response.end();
      });
    });
    return receiver;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private take(path: string, text: string, told: (what: Told) => void): number {
    if (path.startsWith('/notices')) {
      this.notices[this.isRefusing ? 'refused' : 'taken']++;
      return this.isRefusing ? 503 : 204;
    }
    const { status, groupLabels } = JSON.parse(text) as {
      status: Told['status'];
      groupLabels: { alertname: string };
    };
    told({ receiver: path.split('/').at(-1) ?? '', alert: groupLabels.alertname, status });
    return 204;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
