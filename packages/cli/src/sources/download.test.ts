import { once } from 'node:events';
import { createServer, get, type RequestListener } from 'node:http';
import type { get as getSecurely } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { download } from './download.ts';

/** A server on the loopback interface, and a way of opening `https:` addresses that leads to it. */
async function serve(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const open = ((url: URL, options: object, onAnswer: Parameters<typeof get>[2]) =>
    get({ ...options, host: '127.0.0.1', port, path: url.pathname }, onAnswer)) as typeof getSecurely;
  return {
    open,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a file arrives byte for byte', async () => {
  const body = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
  await using server = await serve((_request, answer) => answer.end(body));
  const bytes = await download('https://files.example/a.onnx', { open: server.open });
  expect(Buffer.compare(bytes, body)).toBe(0);
});

test.each(['http://files.example/a', 'file:///etc/hostname', 'ftp://files.example/a'])(
  '%s is refused before anything is opened',
  async (address) => {
    const open = (() => {
      throw new Error('opened');
    }) as unknown as typeof getSecurely;
    await expect(download(address, { open })).rejects.toThrow('only https');
  },
);

test('a redirect inside https is followed', async () => {
  await using server = await serve((request, answer) => {
    if (request.url === '/old') answer.writeHead(302, { location: '/new' }).end();
    else answer.end(request.url);
  });
  const bytes = await download('https://files.example/old', { open: server.open });
  expect(new TextDecoder().decode(bytes)).toBe('/new');
});

test('a redirect out of https is refused', async () => {
  await using server = await serve((_request, answer) => {
    answer.writeHead(302, { location: 'http://files.example/new' }).end();
  });
  await expect(download('https://files.example/old', { open: server.open })).rejects.toThrow('only https');
});

test('an endless chain of redirects ends', async () => {
  await using server = await serve((_request, answer) => {
    answer.writeHead(302, { location: '/again' }).end();
  });
  await expect(download('https://files.example/', { open: server.open })).rejects.toThrow(
    'more than 3 redirects',
  );
});

test('more bytes than allowed are refused, whatever the header says', async () => {
  await using server = await serve((_request, answer) => {
    for (let i = 0; i < 20; i++) answer.write(Buffer.alloc(1000));
    answer.end();
  });
  const options = { open: server.open, bytesMax: 19_999 };
  await expect(download('https://files.example/big', options)).rejects.toThrow('larger than 19999 bytes');
  const enough = { open: server.open, bytesMax: 20_000 };
  expect(await download('https://files.example/big', enough)).toHaveLength(20_000);
});

test('an answer cut short is an error, not a short file', async () => {
  await using server = await serve((_request, answer) => {
    answer.writeHead(200, { 'content-length': '1000' });
    answer.write(Buffer.alloc(10), () => answer.destroy());
  });
  await expect(download('https://files.example/cut', { open: server.open })).rejects.toThrow();
});

test.each([404, 403, 500, 204])('an answer of %d is an error that says so', async (status) => {
  await using server = await serve((_request, answer) => answer.writeHead(status).end());
  await expect(download('https://files.example/x', { open: server.open })).rejects.toThrow(
    `answered ${status}`,
  );
});

test('a line that falls silent is given up', async () => {
  await using server = await serve(() => {});
  const options = { open: server.open, idleMs: 30 };
  await expect(download('https://files.example/slow', options)).rejects.toThrow('no answer');
});
