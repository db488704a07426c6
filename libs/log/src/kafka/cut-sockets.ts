import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_MS = 60_000;

/**
 * Sockets that can be cut. The client waits for every answer before it lets go of a connection; the answer to a wish to
 * join a group may take as long as a rebalance.
 */
export class CuttableSockets {
  private readonly open = new Set<Socket>();
  private isCut = false;

  /** As the client makes them itself, and remembered. */
  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    // Whatever its types say, the client gives null where there is no TLS.
    const tls = ssl as ConnectionOptions | null | undefined;
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = tls
      ? connectTls({ host, port, ...name, ...tls }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    if (this.isCut) end(socket);
    return socket;
  };

  /** Ends all connections at once, and every one that is made after. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.open) end(socket);
  }
}

/** With an error: the client does not hear of a connection that just closes. */
function end(socket: Socket): void {
  socket.destroy(new Error('The consumer was stopped.'));
}
