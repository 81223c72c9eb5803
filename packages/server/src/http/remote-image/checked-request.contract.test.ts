import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { refuseOtherPeers, requestChecked } from './checked-request.ts';
import { judgeAddress } from './image-address.ts';
import { listedHosts } from './listed-hosts.ts';
import { openHost, openRawHost } from './picture-host.contract.ts';

const image = (authority: string) =>
  judgeAddress(`http://${authority}/`, { mode: 'public', isListed: listedHosts(authority) });
const signal = new AbortController().signal;

it('connects to the checked address, whatever the name means by now', async () => {
  let asked = '';
  const host = await openHost((request, response) => {
    asked = request.headers.host ?? '';
    response.end();
  });
  // No resolver knows this name (RFC 6761): a second resolution would fail.
  const authority = `pictures.invalid:${host.port}`;
  const response = await requestChecked({ image: image(authority), addresses: ['127.0.0.1'], signal });
  response.destroy();
  expect([response.statusCode, asked]).toEqual([200, authority]);
});

it('goes on to the next checked address where one is not answered', async () => {
  const host = await openHost((_request, response) => response.end());
  const addresses = ['::1', '127.0.0.1'];
  const response = await requestChecked({ image: image(`pictures.invalid:${host.port}`), addresses, signal });
  response.destroy();
  expect(response.statusCode).toBe(200);
});

it('fails in order where the system refuses an address at once', async () => {
  const request = { image: image('pictures.invalid'), addresses: ['255.255.255.255'], signal };
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
  const request = requestChecked({ image: image(host.authority), addresses: ['192.0.2.1'], signal });
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
