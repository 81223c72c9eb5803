import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a callback says. */
export interface Callback {
  readonly event: string;
  readonly reference_id: string;
  readonly client_reference: string | null;
  readonly type: string;
  readonly status: 0 | 1 | null;
}

interface Heard {
  readonly signature: string;
  readonly deliveryId: string;
  readonly body: string;
}

/** A client's endpoint for callbacks, on this machine. */
export async function startReceiver() {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const header = (name: string) => String(request.headers[name]);
    heard.push({ signature: header('x-signature'), deliveryId: header('x-delivery-id'), body });
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    authority,
    url: `http://${authority}/hook`,
    /** Each delivery once, however often it came. @throws when one was not signed with this secret. */
    told: (secret: string): Callback[] => {
      const first = heard.filter(
        ({ deliveryId }, i) => heard.findIndex((other) => other.deliveryId === deliveryId) === i,
      );
      return first.map((delivery) => verified(delivery, secret));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(request, 'end');
  return Buffer.concat(chunks).toString();
}

function verified({ signature, body }: Heard, secret: string): Callback {
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  if (signature !== expected) throw new Error('A callback is not signed with its secret.');
  return JSON.parse(body);
}
