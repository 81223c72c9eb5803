import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHost, openRawHost, openSecureHost } from '../outbound/host-under-test.contract.ts';
import { createRemoteImages, type RemoteImageOptions } from './remote-image.ts';

const PICTURE = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);

/** Names without a network: what is not here does not exist. */
const names = (known: Record<string, readonly string[]> = {}) => {
  const asked: string[] = [];
  const answer = async (hostname: string) => {
    asked.push(hostname);
    return known[hostname] ?? [];
  };
  return { asked, resolvers: { anyName: answer, listedName: answer } };
};

const openImages = (options: Partial<RemoteImageOptions> = {}) =>
  createRemoteImages({
    policy: 'public',
    hosts: '',
    bytesMax: 100_000,
    timeoutMs: 10_000,
    resolvers: names().resolvers,
    ...options,
  });

const refused = { code: 'remote-image-refused' };
const unavailable = {
  code: 'remote-image-unavailable',
  publicMessage: 'The image could not be fetched from its address.',
};

/** Sockets that this process has tried to connect since. */
function countSockets(): () => number {
  let sockets = 0;
  const count = () => {
    sockets++;
  };
  subscribe('net.client.socket', count);
  onTestFinished(() => {
    unsubscribe('net.client.socket', count);
  });
  return () => sockets;
}

interface Connecting {
  readonly host: string;
  readonly lookup: LookupFunction;
}

/** Every connection fails, once it is known where it would have gone: nobody outside is disturbed by a test. */
function interceptConnections(onAddresses: (addresses: readonly string[]) => void): void {
  const intercept = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    const connect = ([{ host, lookup }]: [Connecting]) => {
      lookup(host, { all: true }, (_error, found) => {
        onAddresses(typeof found === 'string' ? [found] : found.map(({ address }) => address));
        socket.destroy(new Error('far enough'));
      });
      return Object.assign(socket, { connecting: true });
    };
    Object.assign(socket, { connect });
  };
  subscribe('net.client.socket', intercept);
  onTestFinished(() => {
    unsubscribe('net.client.socket', intercept);
  });
}

describe('a listed host', () => {
  it('gives its picture, in memory of its own, and learns nothing but what was asked', async () => {
    let seen: IncomingHttpHeaders = {};
    let line = '';
    const host = await openHost((request, response) => {
      seen = request.headers;
      line = `${request.method} ${request.url}`;
      response.setHeader('set-cookie', 'a=b').end(PICTURE);
    });
    const sockets = countSockets();
    const images = openImages({ hosts: host.authority });
    const bytes = await images.fetchImage(`http://${host.authority}/a%20b.jpg?size=1#part`);
    expect(bytes).toEqual(PICTURE);
    expect(bytes.buffer.byteLength).toBe(PICTURE.length);
    expect(line).toBe('GET /a%20b.jpg?size=1');
    expect(seen).toEqual({
      host: host.authority,
      'user-agent': 'facegate',
      accept: 'image/*',
      'accept-encoding': 'identity',
      connection: 'close',
    });
    expect(sockets()).toBe(1);
    await host.deserted();
  });

  it('is found by its name, resolved once', async () => {
    const host = await openHost((_request, response) => response.end(PICTURE));
    const { asked, resolvers } = names({ 'pictures.test': ['127.0.0.1'] });
    const images = openImages({ hosts: `pictures.test:${host.port}`, policy: 'allow-list', resolvers });
    expect(await images.fetchImage(`http://pictures.test:${host.port}/`)).toEqual(PICTURE);
    expect(asked).toEqual(['pictures.test']);
  });

  it('may send in pieces, without a length, up to the last byte allowed', async () => {
    const host = await openHost((_request, response) => {
      for (let at = 0; at < PICTURE.length; at += 1) response.write(PICTURE.subarray(at, at + 1));
      response.end();
    });
    const images = openImages({ hosts: host.authority, bytesMax: PICTURE.length });
    expect(await images.fetchImage(`http://${host.authority}/`)).toEqual(PICTURE);
  });

  it('may send nothing: that is for the engine to judge', async () => {
    const host = await openHost((_request, response) => response.end());
    const images = openImages({ hosts: host.authority });
    expect(await images.fetchImage(`http://${host.authority}/`)).toEqual(new Uint8Array());
  });
});

describe('no connection is made', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0177.1',
    '2130706433',
    'localhost',
    'localhost.',
    '0.0.0.0',
    '[::1]',
    '[::ffff:7f00:1]',
    '[::7f00:1]',
    '[64:ff9b::7f00:1]',
    '169.254.169.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '[fd00::1]',
  ])('to %s, by any port or scheme', async (hostname) => {
    const host = await openHost((_request, response) => response.end(PICTURE));
    const sockets = countSockets();
    const { asked, resolvers } = names({ localhost: ['127.0.0.1'] });
    const images = openImages({ resolvers });
    for (const address of [`${hostname}:${host.port}`, hostname]) {
      await expect(images.fetchImage(`http://${address}/`)).rejects.toMatchObject(refused);
      await expect(images.fetchImage(`https://${address}/`)).rejects.toMatchObject(refused);
    }
    expect([host.connections(), sockets(), asked.length]).toEqual([0, 0, 0]);
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['a private network', ['10.1.2.3']],
    ["the clouds' credentials service", ['169.254.169.254']],
    ['loopback among public addresses', ['93.184.216.34', '127.0.0.1']],
    ['an IPv6 form of loopback', ['::ffff:127.0.0.1']],
    ['nothing', []],
    ['no address', ['localhost']],
  ])('to a name that leads to %s, and the answer is the same for all', async (_name, addresses) => {
    const sockets = countSockets();
    const images = openImages({ resolvers: names({ 'sly.example': addresses }).resolvers });
    await expect(images.fetchImage('http://sly.example/')).rejects.toMatchObject(unavailable);
    expect(sockets()).toBe(0);
  });

  it("to the clouds' credentials service by a listed name", async () => {
    const sockets = countSockets();
    const { resolvers } = names({ 'pictures.test': ['169.254.169.254'] });
    const images = openImages({ hosts: 'pictures.test', resolvers });
    await expect(images.fetchImage('http://pictures.test/')).rejects.toMatchObject(unavailable);
    expect(sockets()).toBe(0);
  });

  it('to what a redirect leads to, if that is not allowed', async () => {
    const inside = await openHost((_request, response) => response.end(PICTURE));
    const targets = [
      `http://${inside.authority}/`,
      `http://localhost:${inside.port}/`,
      `//0x7f.1:${inside.port}/`,
      `http://[::ffff:127.0.0.1]:${inside.port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
      'http://me:secret@pictures.example/',
      'http://pictures.example:22/',
    ];
    const outside = await openHost((request, response) => {
      response.writeHead(302, { location: targets[Number(request.url?.slice(1))] }).end();
    });
    const images = openImages({ hosts: outside.authority });
    for (const at of targets.keys()) {
      await expect(images.fetchImage(`http://${outside.authority}/${at}`)).rejects.toMatchObject(refused);
    }
    expect([outside.connections(), inside.connections()]).toEqual([targets.length, 0]);
  });

  it('to what the name in a redirect leads to', async () => {
    const inside = ['127.0.0.1'];
    const host = await openHost((_request, response) => {
      response.writeHead(302, { location: 'http://sly.example/' }).end();
    });
    const sockets = countSockets();
    const { asked, resolvers } = names({ 'pictures.test': inside, 'sly.example': inside });
    const images = openImages({ hosts: `pictures.test:${host.port}`, resolvers });
    const address = `http://pictures.test:${host.port}/`;
    await expect(images.fetchImage(address)).rejects.toMatchObject(unavailable);
    expect([asked, sockets()]).toEqual([['pictures.test', 'sly.example'], 1]);
  });

  it('to a name that leads inside the second time it is asked for', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const anyName = async () => answers.shift() ?? [];
    const tried: string[] = [];
    interceptConnections((addresses) => tried.push(...addresses));
    const images = openImages({ resolvers: { ...names().resolvers, anyName } });
    await expect(images.fetchImage('http://rebinding.example/')).rejects.toMatchObject(unavailable);
    expect(tried).toEqual(['93.184.216.34']);
    expect(answers).toEqual([['127.0.0.1']]);
  });
});

describe('redirects', () => {
  const openChain = (length: number) =>
    openHost((request, response) => {
      const at = Number(request.url?.slice(1));
      if (at >= length) response.end(PICTURE);
      else
        response.writeHead([301, 302, 303, 307, 308][at % 5] ?? 302, { location: `${at + 1}` }).end('body');
    });

  it('are followed three times', async () => {
    const host = await openChain(3);
    const images = openImages({ hosts: host.authority });
    expect(await images.fetchImage(`http://${host.authority}/0`)).toEqual(PICTURE);
    expect(host.connections()).toBe(4);
    await host.deserted();
  });

  it('are not followed a fourth time', async () => {
    const host = await openChain(4);
    const images = openImages({ hosts: host.authority });
    await expect(images.fetchImage(`http://${host.authority}/0`)).rejects.toMatchObject(unavailable);
    expect(host.connections()).toBe(4);
  });

  it('that name no place are no answer', async () => {
    const host = await openHost((_request, response) => response.writeHead(302).end(PICTURE));
    const images = openImages({ hosts: host.authority });
    await expect(images.fetchImage(`http://${host.authority}/`)).rejects.toMatchObject(unavailable);
  });
});

describe('a host that misbehaves is left, and nobody hears how', () => {
  const drip = (socket: Socket, text: string) => {
    const timer = setInterval(() => socket.write(text), 10);
    socket.once('close', () => clearInterval(timer));
  };
  const head = (rest: string) => `HTTP/1.1 200 OK\r\n${rest}\r\n\r\n`;

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => {}],
    ['has a slow head', (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n'.slice(0, 1))],
    ['is forever about to answer', (socket) => drip(socket, 'HTTP/1.1 100 Continue\r\n\r\n')],
    [
      'has a slow body',
      (socket) => {
        socket.write(head('Content-Length: 5000'));
        drip(socket, 'x');
      },
    ],
    ['closes at once', (socket) => socket.destroy()],
    ['speaks another protocol', (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    ['ends before its length', (socket) => socket.end(`${head('Content-Length: 5000')}short`)],
    ['ends within its chunks', (socket) => socket.end(`${head('Transfer-Encoding: chunked')}5\r\nab`)],
    ['gives two lengths', (socket) => socket.end(`${head('Content-Length: 1\r\nContent-Length: 2')}ab`)],
    ['gives no number', (socket) => socket.end(`${head('Content-Length: -1')}ab`)],
    [
      'gives length and chunks',
      (socket) => socket.end(`${head('Content-Length: 1\r\nTransfer-Encoding: chunked')}0\r\n\r\n`),
    ],
    ['has a huge head', (socket) => socket.end(head(`X: ${'x'.repeat(100_000)}`))],
    [
      'packs its body',
      (socket) => socket.end(Buffer.concat([Buffer.from(head('Content-Encoding: gzip')), gzipSync(PICTURE)])),
    ],
    [
      'changes the protocol',
      (socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    ],
    ['has nothing there', (socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')],
    ['has only a part', (socket) => socket.end('HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\na')],
    ['has nothing new', (socket) => socket.end('HTTP/1.1 304 Not Modified\r\n\r\n')],
    ['has failed', (socket) => socket.end('HTTP/1.1 500 Oh\r\nContent-Length: 1\r\n\r\na')],
  ])('when it %s', async (_name, speak) => {
    const host = await openRawHost((socket) => {
      socket.resume();
      speak(socket);
    });
    const images = openImages({ hosts: host.authority, timeoutMs: 300 });
    await expect(images.fetchImage(`http://${host.authority}/`)).rejects.toMatchObject(unavailable);
    await host.deserted();
  });

  it('when it is not there', async () => {
    const images = openImages({ hosts: '127.0.0.1:1' });
    await expect(images.fetchImage('http://127.0.0.1:1/')).rejects.toMatchObject(unavailable);
  });

  it('when its name servers are silent', async () => {
    const silent = () => new Promise<never>(() => {});
    const images = openImages({ resolvers: { anyName: silent, listedName: silent }, timeoutMs: 100 });
    await expect(images.fetchImage('http://pictures.example/')).rejects.toMatchObject(unavailable);
  });

  it('when the resolver fails', async () => {
    const failing = () => Promise.reject(new Error('no name server'));
    const images = openImages({ resolvers: { anyName: failing, listedName: failing } });
    await expect(images.fetchImage('http://pictures.example/')).rejects.toMatchObject(unavailable);
  });
});

describe('a picture that is too large', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['announced', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n')],
    [
      'endless',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const more = () => {
          while (!socket.destroyed && socket.write(Buffer.alloc(20_000)));
        };
        socket.on('drain', more);
        more();
      },
    ],
  ])('is left as soon as that is known: %s', async (_name, speak) => {
    const host = await openRawHost((socket) => {
      socket.resume();
      speak(socket);
    });
    const images = openImages({ hosts: host.authority });
    await expect(images.fetchImage(`http://${host.authority}/`)).rejects.toMatchObject({
      code: 'payload-too-large',
    });
    await host.deserted();
  });
});

describe('fetching', () => {
  it("holds to a caller's own limits in place of the settings, and says when their time was up", async () => {
    const limits = { timeoutMs: 100, bytesMax: PICTURE.length };
    const host = await openHost(({ url }, response) => {
      if (url === '/slow') response.write('x');
      else response.end(url === '/large' ? Buffer.alloc(PICTURE.length + 1) : PICTURE);
    });
    const images = openImages({ hosts: host.authority, bytesMax: 10 });
    const fetch = (path: string) => images.fetchImage(`http://${host.authority}${path}`, undefined, limits);
    await expect(fetch('/slow')).rejects.toMatchObject({ code: 'timeout' });
    await expect(fetch('/large')).rejects.toMatchObject({ code: 'payload-too-large' });
    await expect(images.fetchImage('http://127.0.0.1:1/', undefined, limits)).rejects.toMatchObject(refused);
    const patient = openImages({ hosts: host.authority, timeoutMs: 1, bytesMax: 10 });
    const generous = { timeoutMs: 10_000, bytesMax: PICTURE.length };
    expect(await patient.fetchImage(`http://${host.authority}/`, undefined, generous)).toEqual(PICTURE);
  });

  it('stops when the caller has gone', async () => {
    const gone = new AbortController();
    const host = await openHost((_request, response) => {
      response.write('x');
      gone.abort();
    });
    const images = openImages({ hosts: host.authority });
    await expect(images.fetchImage(`http://${host.authority}/`, gone.signal)).rejects.toMatchObject({
      code: 'timeout',
    });
    await host.deserted();
  });

  it('does not begin for a caller who has gone', async () => {
    const sockets = countSockets();
    const images = openImages({ resolvers: names({ 'pictures.example': ['93.184.216.34'] }).resolvers });
    await expect(images.fetchImage('http://pictures.example/', AbortSignal.abort())).rejects.toMatchObject({
      code: 'timeout',
    });
    expect(sockets()).toBe(0);
  });

  it('is overloaded beyond sixteen at once, and goes on when one is done', async () => {
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const host = await openHost((_request, response) => {
      void released.then(() => response.end(PICTURE));
    });
    const images = openImages({ hosts: host.authority });
    const address = `http://${host.authority}/`;
    const running = Array.from({ length: 16 }, () => images.fetchImage(address));
    await expect(images.fetchImage(address)).rejects.toMatchObject({ code: 'overloaded' });
    await expect(images.fetchImage('http://127.0.0.1/')).rejects.toMatchObject(refused);
    release();
    expect(await Promise.all(running)).toHaveLength(16);
    expect(await images.fetchImage(address)).toEqual(PICTURE);
  });
});

describe('over TLS', () => {
  const certificate = () => {
    const folder = mkdtempSync(join(tmpdir(), 'facegate-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=pictures.test', '-addext', 'subjectAltName=DNS:pictures.test'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const files = ['-keyout', key, '-out', cert, '-days', '2'];
    execFileSync('openssl', ['req', '-x509', '-nodes', ...curve, ...files, ...subject], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  };
  const hasOpenssl = (() => {
    try {
      return execFileSync('openssl', ['version']).length > 0;
    } catch {
      return false;
    }
  })();

  // The certificate is made on the spot; a machine without the openssl command skips this.
  it.runIf(hasOpenssl)('asks for the right name, and checks whose certificate it gets', async () => {
    const own = certificate();
    const asked: unknown[] = [];
    const host = await openSecureHost(own, (request, response) => {
      asked.push((request.socket as { servername?: unknown }).servername);
      if (request.url === '/down') response.writeHead(302, { location: 'http://pictures.test/' }).end();
      else response.end(PICTURE);
    });
    const { resolvers } = names({ 'pictures.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] });
    const hosts = `pictures.test:${host.port},pictures.test,other.test:${host.port}`;
    const trusting = openImages({ hosts, resolvers, authorities: own.cert });
    const address = `https://pictures.test:${host.port}/`;
    expect(await trusting.fetchImage(address)).toEqual(PICTURE);
    await expect(trusting.fetchImage(`${address}down`)).rejects.toMatchObject(refused);
    expect(asked).toEqual(['pictures.test', 'pictures.test']);
    const otherName = `https://other.test:${host.port}/`;
    await expect(trusting.fetchImage(otherName)).rejects.toMatchObject(unavailable);
    await expect(openImages({ hosts, resolvers }).fetchImage(address)).rejects.toMatchObject(unavailable);
    expect(asked).toHaveLength(2);
  });
});
