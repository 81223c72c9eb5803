import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A host on this machine, for the length of one test. */
export interface HostUnderTest {
  readonly port: number;
  /** `127.0.0.1:port`, as it is listed. */
  readonly authority: string;
  /** Connections so far. */
  connections(): number;
  /** Resolves once every connection is closed. */
  deserted(): Promise<void>;
}

export const openHost = (answer: RequestListener): Promise<HostUnderTest> => openServer(createServer(answer));

/** Says what it likes, HTTP or not. */
export const openRawHost = (speak: (socket: Socket) => void): Promise<HostUnderTest> =>
  openServer(createNetServer(speak));

export const openSecureHost = (
  certificate: { readonly key: string; readonly cert: string },
  answer: RequestListener,
): Promise<HostUnderTest> => openServer(createSecureServer({ ...certificate }, answer));

async function openServer(server: Server): Promise<HostUnderTest> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    authority: `127.0.0.1:${port}`,
    connections: () => connections,
    deserted: async () => {
      await Promise.all([...sockets].map((socket) => new Promise((closed) => socket.once('close', closed))));
    },
  };
}
