import { describe, expect, it } from 'vitest';
import { listedHosts } from '../../outbound/listed-hosts.ts';
import { judgeAddress, type RemoteImagePolicy } from './image-address.ts';

const policy = (mode: RemoteImagePolicy['mode'], hosts = ''): RemoteImagePolicy => ({
  mode,
  isListed: listedHosts(hosts),
});
const judged = (text: string, mode: RemoteImagePolicy['mode'] = 'public', hosts = '') =>
  judgeAddress(text, policy(mode, hosts));
const refused = (reason: string) =>
  expect.objectContaining({ code: 'remote-image-refused', publicMessage: expect.stringContaining(reason) });

describe('a public policy', () => {
  it.each([
    ['http://pictures.example/a.jpg', 'pictures.example', 80],
    ['HTTPS://Pictures.Example./a?b=c#d', 'pictures.example', 443],
    ['https://pictures.example:80/', 'pictures.example', 80],
    ['http://8.8.8.8/', '8.8.8.8', 80],
    ['https://[2606:4700::1111]/', '2606:4700::1111', 443],
    ['https://bücher.example/', 'xn--bcher-kva.example', 443],
  ])('allows %s', (text, hostname, port) => {
    expect(judged(text)).toMatchObject({ hostname, port, isListed: false });
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://2130706433/',
    'http://%31%32%37.0.0.1/',
    'http://127.0.0.1./',
    'http://①②⑦.0.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::7f00:1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/',
    'http://localhost./',
    'http://LOCALHOST/',
    'http://a.localhost/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://0/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://pictures.example:22/',
    'http://pictures.example:5432/',
    'http://pictures.example:0/',
    'https://pictures.example:8443/',
    'http://8.8.8.8:6379/',
  ])('keeps away from %s', (text) => expect(() => judged(text)).toThrow(refused('from that host')));

  it.each([
    'file:///etc/passwd',
    'gopher://pictures.example/',
    'ftp://pictures.example/a.jpg',
    'data:image/png;base64,AAAA',
    'unix:/run/docker.sock',
    'blob:http://pictures.example/1',
    'javascript:1',
    '//pictures.example/a.jpg',
    '/a.jpg',
    'pictures.example/a.jpg',
    '',
    'http://',
    'http://[::1',
    'http://[fe80::1%25eth0]/',
    'http://pictures.example/a\r\nHost: other',
    'http://pictures.example/\u0000',
    'http://pictures.example\t/',
    ' http://pictures.example/',
    'http://pictures.example\\@10.0.0.1/',
    `http://pictures.example/${'a'.repeat(2048)}`,
  ])('takes %j for no address', (text) => expect(() => judged(text)).toThrow(refused('not a valid')));

  it.each([
    'http://me@pictures.example/',
    'http://me:secret@pictures.example/',
    'http://:x@pictures.example/',
  ])('carries no credentials: %s', (text) => expect(() => judged(text)).toThrow(refused('credentials')));

  it('leaves no line of a request open in the path', () => {
    expect(judged('http://pictures.example/a%0d%0aX: b'.replace(' ', '')).url.pathname).toBe('/a%0d%0aX:b');
  });
});

describe('listed hosts', () => {
  const hosts = 'minio.internal:9000, 10.0.0.7,[fd00::7]:8080 ,localhost, 127.1:81';

  it.each(['public', 'allow-list'] as const)('are open where they are listed (%s)', (mode) => {
    for (const text of [
      'http://minio.internal:9000/a',
      'http://MINIO.internal.:9000/a',
      'http://10.0.0.7/',
      'https://10.0.0.7/',
      'http://[fd00::7]:8080/',
      'http://localhost/',
      'http://127.0.0.1:81/',
    ]) {
      expect(judged(text, mode, hosts), text).toMatchObject({ isListed: true });
    }
  });

  it.each([
    'http://10.0.0.7:5432/',
    'http://10.0.0.8/',
    'http://[fd00::7]/',
    'http://localhost:81/',
    'http://127.0.0.1/',
    'http://minio.internal:22/',
  ])('are not open elsewhere: %s', (text) => {
    expect(() => judged(text, 'public', hosts)).toThrow(refused('from that host'));
    expect(() => judged(text, 'allow-list', hosts)).toThrow(refused('from that host'));
  });

  it('are all there is in an allow-list', () => {
    for (const text of ['http://pictures.example/', 'http://8.8.8.8/', 'http://minio.internal/']) {
      expect(() => judged(text, 'allow-list', hosts)).toThrow(refused('from that host'));
    }
  });

  it('never are what no picture can be', () => {
    for (const text of ['http://169.254.169.254/', 'http://[::ffff:7f00:1]/', 'http://0.0.0.0/']) {
      expect(() => judged(text, 'public', '169.254.169.254,[::ffff:7f00:1],0.0.0.0')).toThrow(
        refused('host'),
      );
    }
  });

  it.each(['256.1.1.1', 'a,[::zz]'])('name the entry that is no host: %s', (text) => {
    expect(() => listedHosts(text)).toThrow('is no host');
  });
});

it('switched off fetches nothing, listed or not', () => {
  for (const text of ['http://pictures.example/', 'nonsense']) {
    expect(() => judged(text, 'off', 'pictures.example')).toThrow(refused('fetches no images'));
  }
});

describe('a redirect', () => {
  const base = new URL('https://pictures.example/dir/a.jpg');

  it('is judged like any address, relative ones by where they came from', () => {
    expect(judgeAddress('../b.jpg', policy('public'), base).url.href).toBe('https://pictures.example/b.jpg');
    expect(() => judgeAddress('https://127.0.0.1/', policy('public'), base)).toThrow(
      refused('from that host'),
    );
    expect(() => judgeAddress('//localhost/x', policy('public'), base)).toThrow(refused('from that host'));
    expect(() => judgeAddress('file:///etc/passwd', policy('public'), base)).toThrow(refused('not a valid'));
  });

  it('does not leave https', () => {
    expect(() => judgeAddress('http://pictures.example/', policy('public'), base)).toThrow(
      refused('from https to http'),
    );
  });
});
