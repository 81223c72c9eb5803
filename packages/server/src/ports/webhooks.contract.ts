import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openHost, openRawHost } from '../outbound/host-under-test.contract.ts';
import type { Webhooks } from './webhooks.ts';

const LIMIT_MS = 700;
const never = new AbortController().signal;

interface Opening {
  /** `host:port` of receivers on this machine. */
  readonly listed?: string;
  readonly timeoutMs: number;
}

/** The promises of the Webhooks port. */
export function webhooksContract(name: string, open: (opening: Opening) => Webhooks): void {
  const sending = async (authority: string, signal = never) => {
    const webhooks = open({ listed: authority, timeoutMs: LIMIT_MS });
    const begun = performance.now();
    const call = {
      url: `http://${authority}/hook?key=1`,
      headers: { 'x-one': '1' },
      body: Buffer.from('{"a":1}'),
    };
    const outcome = await webhooks.send(call, signal);
    return { outcome, tookMs: performance.now() - begun };
  };

  describe(`${name} keeps the promises of Webhooks`, () => {
    it('posts the body and the headers as they are given', async () => {
      const heard: unknown[] = [];
      const receiver = await openHost(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        const { method, url, headers } = request;
        heard.push({ method, url, one: headers['x-one'], body: Buffer.concat(chunks).toString() });
        response.end('thanks');
      });
      expect((await sending(receiver.authority)).outcome).toEqual({ outcome: 'delivered' });
      expect(heard).toEqual([{ method: 'POST', url: '/hook?key=1', one: '1', body: '{"a":1}' }]);
    });

    it.each([200, 201, 202, 204, 299])('takes %i as delivered', async (status) => {
      const receiver = await openHost((_request, response) => void response.writeHead(status).end());
      expect((await sending(receiver.authority)).outcome).toEqual({ outcome: 'delivered' });
    });

    it.each([300, 400, 404, 410, 429, 500, 503])('takes %i as not delivered', async (status) => {
      const receiver = await openHost((_request, response) => void response.writeHead(status).end());
      const { outcome } = await sending(receiver.authority);
      expect(outcome).toEqual({ outcome: 'failed', reason: `answered ${status}` });
    });

    it.each([301, 302, 303, 307, 308])('does not follow a redirect (%i)', async (status) => {
      const elsewhere = await openHost((_request, response) => void response.end());
      const location = `http://${elsewhere.authority}/`;
      const receiver = await openHost(
        (_request, response) => void response.writeHead(status, { location }).end(),
      );
      const { outcome } = await sending(receiver.authority);
      expect(outcome).toEqual({ outcome: 'failed', reason: `answered ${status}` });
      expect(elsewhere.connections()).toBe(0);
    });

    it('gives up a receiver that does not answer in time', async () => {
      const receiver = await openHost(() => {});
      const { outcome, tookMs } = await sending(receiver.authority);
      expect(outcome).toEqual({ outcome: 'failed', reason: 'no answer in time' });
      expect(tookMs).toBeGreaterThan(LIMIT_MS - 100);
      await receiver.deserted();
    });

    it('gives up an answer whose head comes byte by byte', async () => {
      const receiver = await openRawHost((socket) => {
        const drip = setInterval(() => socket.write('x'), 50);
        socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
        socket.on('close', () => clearInterval(drip));
      });
      expect((await sending(receiver.authority)).outcome).toMatchObject({ outcome: 'failed' });
      await receiver.deserted();
    });

    it('does not wait for a slow body longer than it has time: the status counts', async () => {
      const receiver = await openHost((_request, response) => {
        response.writeHead(200);
        response.write('begun');
      });
      expect((await sending(receiver.authority)).outcome).toEqual({ outcome: 'delivered' });
      await receiver.deserted();
    });

    it('reads no more of a huge answer than a little', async () => {
      let written = 0;
      const receiver = await openHost((_request, response) => {
        const chunk = Buffer.alloc(65_536);
        const pour = (): void => {
          while (!response.destroyed && response.write(chunk)) written += chunk.length;
          if (!response.destroyed) response.once('drain', pour);
        };
        response.on('error', () => {});
        pour();
      });
      expect((await sending(receiver.authority)).outcome).toEqual({ outcome: 'delivered' });
      await receiver.deserted();
      // What fits into the buffers of two sockets, and not what a receiver without end would send.
      expect(written).toBeLessThan(64 * 1024 * 1024);
    });

    it.each([
      ['says nothing and hangs up', ''],
      ['speaks no HTTP', 'hello\r\n\r\n'],
      [
        'changes the protocol',
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      ],
    ])('is not confused by a receiver that %s', async (_case, words) => {
      const receiver = await openRawHost((socket) => socket.end(words));
      expect((await sending(receiver.authority)).outcome).toMatchObject({ outcome: 'failed' });
    });

    it('tells where nobody listens', async () => {
      const { outcome } = await sending(await closedAuthority());
      expect(outcome).toEqual({ outcome: 'failed', reason: 'no connection: ECONNREFUSED' });
    });

    it('ends an attempt early when it is told to', async () => {
      const receiver = await openHost(() => {});
      const { outcome, tookMs } = await sending(receiver.authority, AbortSignal.timeout(50));
      expect(outcome).toMatchObject({ outcome: 'failed' });
      expect(tookMs).toBeLessThan(LIMIT_MS);
    });

    it('neither accepts nor connects to what is not listed and not public', async () => {
      const receiver = await openHost((_request, response) => void response.end());
      const webhooks = open({ timeoutMs: LIMIT_MS });
      for (const url of [`http://${receiver.authority}/`, `https://${receiver.authority}/`]) {
        expect(() => webhooks.judge(url)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
        const outcome = await webhooks.send({ url, headers: {}, body: new Uint8Array() }, never);
        expect(outcome).toMatchObject({ outcome: 'failed' });
      }
      expect(receiver.connections()).toBe(0);
    });
  });
}

/** Of a port that was free a moment ago. */
async function closedAuthority(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
