import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { isAbsolute, join } from 'node:path';

/** Where the server listens: a folder holding its socket, or an address of this machine alone. */
export interface Endpoint {
  /** An absolute path of a folder, or 127.0.0.1. */
  readonly host: string;
  /** With a folder, part of the socket's name. */
  readonly port: number;
}

/** A private socket; nothing listens on any network. */
export const socketEndpoint = (folder: string): Endpoint => ({ host: folder, port: 5432 });

/** For systems without such sockets: the loopback address on a port that is free, guarded by the password alone. */
export async function loopbackEndpoint(): Promise<Endpoint> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return { host: '127.0.0.1', port };
}

/** The server's settings that make it listen there and nowhere else. */
export const listenSettings = ({ host, port }: Endpoint): string[] =>
  isAbsolute(host)
    ? [`unix_socket_directories=${host}`, 'unix_socket_permissions=0700', 'listen_addresses=', `port=${port}`]
    : ['unix_socket_directories=', `listen_addresses=${host}`, `port=${port}`];

/** Whether somebody takes connections there. */
export async function accepts({ host, port }: Endpoint): Promise<boolean> {
  const socket = isAbsolute(host) ? connect(join(host, `.s.PGSQL.${port}`)) : connect(port, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
