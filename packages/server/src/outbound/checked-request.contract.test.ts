import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { refuseOtherPeers, requestChecked } from './checked-request.ts';
import { hostAddressOf } from './host-address.ts';
import { openHost, openRawHost } from './host-under-test.contract.ts';
import { listedHosts } from './listed-hosts.ts';

const addressOf = (authority: string) =>
  hostAddressOf(new URL(`http://${authority}/`), listedHosts(authority));
const signal = new AbortController().signal;
const headers = {};

it('connects to the checked address, whatever the name means by now', async () => {
  let asked = '';
  const host = await openHost((request, response) => {
    asked = request.headers.host ?? '';
    response.end();
  });
  // No resolver knows this name (RFC 6761): a second resolution would fail.
  const authority = `pictures.invalid:${host.port}`;
  const response = await requestChecked({
    address: addressOf(authority),
    addresses: ['127.0.0.1'],
    headers,
    signal,
  });
  response.destroy();
  expect([response.statusCode, asked]).toEqual([200, authority]);
});

it('goes on to the next checked address where one is not answered', async () => {
  const host = await openHost((_request, response) => response.end());
  const addresses = ['::1', '127.0.0.1'];
  const response = await requestChecked({
    address: addressOf(`pictures.invalid:${host.port}`),
    addresses,
    headers,
    signal,
  });
  response.destroy();
  expect(response.statusCode).toBe(200);
});

it('fails in order where the system refuses an address at once', async () => {
  const request = { address: addressOf('pictures.invalid'), addresses: ['255.255.255.255'], headers, signal };
  await expect(requestChecked(request)).rejects.toThrow('255.255.255.255');
});

it('sends nothing to a peer that was not checked', async () => {
  let heard = 0;
  const host = await openRawHost((socket) => {
    socket.on('data', (chunk) => {
      heard += chunk.length;
    });
  });
  // The address in the text is not looked up, so only the check of the peer stands in the way.
  const request = requestChecked({
    address: addressOf(host.authority),
    addresses: ['192.0.2.1'],
    headers,
    signal,
  });
  await expect(request).rejects.toThrow('was not checked');
  await host.deserted();
  expect([host.connections(), heard]).toEqual([1, 0]);
});

it('lets a checked peer be', async () => {
  const host = await openRawHost((socket) => socket.end('hello'));
  const socket = connect(host.port, '127.0.0.1');
  refuseOtherPeers(socket, ['192.0.2.1', '127.0.0.1']);
  const [first] = await once(socket, 'data');
  expect(String(first)).toBe('hello');
});
