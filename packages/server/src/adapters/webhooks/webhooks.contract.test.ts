import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHost, openSecureHost } from '../../outbound/host-under-test.contract.ts';
import { webhooksContract } from '../../ports/webhooks.contract.ts';
import { createWebhooks, type WebhookOptions } from './webhooks.ts';

webhooksContract('the network', ({ listed = '', timeoutMs }) => createWebhooks({ hosts: listed, timeoutMs }));

const never = new AbortController().signal;
const refused = expect.objectContaining({ code: 'invalid-request' });

const sent = (url: string, options: Partial<WebhookOptions> = {}) =>
  createWebhooks({ hosts: '', timeoutMs: 2000, ...options }).send(
    { url, headers: {}, body: new Uint8Array(2) },
    never,
  );

/** Names without a network. */
const names = (...answers: readonly (readonly string[])[]) => {
  const left = [...answers];
  const answer = async () => left.shift() ?? [];
  return { anyName: answer, listedName: answer };
};

describe('addresses', () => {
  it.each([
    'https://hooks.example/',
    'https://hooks.example:8443/a?b=c',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])('%s may be sent to', (url) => {
    expect(() => createWebhooks({ hosts: '' }).judge(url)).not.toThrow();
  });

  it.each([
    'http://hooks.example/',
    'ftp://hooks.example/',
    'hooks.example',
    '',
    'https://user@hooks.example/',
    'https://hooks.example\\@inside.example/',
    'https://hooks.example/ a',
    'https://localhost/',
    'https://a.localhost/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0.0.0.0/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[ff02::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
  ])('%s may not', async (url) => {
    expect(() => createWebhooks({ hosts: '' }).judge(url)).toThrow(refused);
    expect(await sent(url)).toMatchObject({ outcome: 'failed' });
  });

  it('listed hosts may lie in private networks and speak http, on the port listed alone', () => {
    const { judge } = createWebhooks({ hosts: 'inside.example, 10.0.0.1:8080' });
    for (const url of ['http://inside.example/', 'https://inside.example/', 'http://10.0.0.1:8080/']) {
      expect(() => judge(url)).not.toThrow();
    }
    for (const url of ['http://inside.example:81/', 'http://10.0.0.1/', 'https://10.0.0.1/']) {
      expect(() => judge(url)).toThrow(refused);
    }
  });

  it('of the link stay shut even where they are listed', () => {
    const { judge } = createWebhooks({ hosts: '169.254.169.254' });
    expect(() => judge('http://169.254.169.254/latest')).toThrow(refused);
  });
});

describe('names', () => {
  it.each([
    [['10.0.0.1'], '10.0.0.1'],
    [['127.0.0.1'], '127.0.0.1'],
    [['::1'], '::1'],
    [['169.254.169.254'], '169.254.169.254'],
    [['8.8.8.8', '192.168.0.1'], '192.168.0.1'],
    [['::ffff:7f00:1'], '::ffff:7f00:1'],
  ])('that lead to %j are not connected to', async (addresses, offender) => {
    const { outcome, reason } = (await sent('https://hooks.example/', { resolvers: names(addresses) })) as {
      outcome: string;
      reason: string;
    };
    expect([outcome, reason]).toEqual(['failed', expect.stringContaining(`leads to ${offender}`)]);
  });

  it('are asked once for each attempt: what they mean a moment later is of no interest', async () => {
    const receiver = await openHost((_request, response) => void response.end());
    const hosts = `rebound.invalid:${receiver.port}`;
    const resolvers = names(['127.0.0.1'], ['192.0.2.1']);
    expect(await sent(`http://${hosts}/`, { hosts, resolvers })).toEqual({ outcome: 'delivered' });
    expect(receiver.connections()).toBe(1);
  });

  it('that nobody knows are told so', async () => {
    expect(await sent('https://hooks.example/', { resolvers: names() })).toEqual({
      outcome: 'failed',
      reason: 'the host has no IP address',
    });
  });
});

/** A certificate of its own authority, for a name. */
function certificateFor(name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'].concat(
      ['-keyout', key, '-out', cert],
      subject,
    ),
    { stdio: 'ignore' },
  );
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

describe('TLS', () => {
  const trusted = certificateFor('hooks.invalid');
  const opened = async () => {
    const receiver = await openSecureHost(trusted, (_request, response) => void response.end());
    const at = (name: string) => ({
      url: `https://${name}:${receiver.port}/`,
      options: { hosts: `${name}:${receiver.port}`, resolvers: names(['127.0.0.1']) },
    });
    return { receiver, at };
  };

  it('takes a certificate of a known authority for the right name', async () => {
    const { url, options } = (await opened()).at('hooks.invalid');
    expect(await sent(url, { ...options, authorities: trusted.cert })).toEqual({ outcome: 'delivered' });
  });

  it('takes no certificate of an unknown authority', async () => {
    const { url, options } = (await opened()).at('hooks.invalid');
    expect(await sent(url, options)).toMatchObject({
      reason: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/),
    });
  });

  it('takes no certificate for another name', async () => {
    const { url, options } = (await opened()).at('other.invalid');
    expect(await sent(url, { ...options, authorities: trusted.cert })).toMatchObject({
      reason: 'no connection: ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });
});
