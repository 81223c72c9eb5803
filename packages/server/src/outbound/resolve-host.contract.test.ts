import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askNameServers, askSystem } from './resolve-host.ts';

const TYPE_A = 1;
const TYPE_AAAA = 28;
type Answers = Record<number, readonly (readonly number[])[] | 'silence' | 'none'>;

/** A name server on this machine that says the same of every name. @returns its address and what it was asked. */
async function openNameServer(answers: Answers) {
  const server = createSocket('udp4');
  const asked: string[] = [];
  server.on('message', (query, { port, address }) => {
    const { name, end } = questionOf(query);
    const type = query.readUInt16BE(end - 4);
    asked.push(name);
    const answer = answers[type] ?? 'none';
    if (answer !== 'silence') server.send(reply(query.subarray(0, end), type, answer), port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { servers: [`127.0.0.1:${server.address().port}`], asked };
}

function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 5 };
}

/** RFC 1035: the question again, then an answer for each address, or that there is no such name. */
function reply(question: Buffer, type: number, answer: readonly (readonly number[])[] | 'none'): Buffer {
  const records = answer === 'none' ? [] : answer;
  const head = Buffer.from(question);
  head.writeUInt16BE(answer === 'none' ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(records.length, 6);
  head.fill(0, 8, 12);
  const bodies = records.map((data) =>
    Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, data.length, ...data]),
  );
  return Buffer.concat([head, ...bodies]);
}

const LOOPBACK_6 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
const anySignal = () => new AbortController().signal;

describe('asking name servers', () => {
  it('gives the addresses of both families', async () => {
    const { servers, asked } = await openNameServer({
      [TYPE_A]: [
        [93, 184, 216, 34],
        [10, 0, 0, 1],
      ],
      [TYPE_AAAA]: [LOOPBACK_6],
    });
    const found = await askNameServers(servers)('pictures.example', anySignal());
    expect(found.toSorted()).toEqual(['10.0.0.1', '93.184.216.34', '::1']);
    expect(new Set(asked)).toEqual(new Set(['pictures.example']));
  });

  it('does with one family where the other has nothing', async () => {
    const { servers } = await openNameServer({ [TYPE_A]: [[93, 184, 216, 34]] });
    expect(await askNameServers(servers)('pictures.example', anySignal())).toEqual(['93.184.216.34']);
  });

  it('gives nothing for a name that is none', async () => {
    const { servers } = await openNameServer({});
    expect(await askNameServers(servers)('absent.example', anySignal())).toEqual([]);
  });

  it('takes a short name as it is, without the search domains of this machine', async () => {
    const { servers, asked } = await openNameServer({});
    await askNameServers(servers)('minio', anySignal());
    expect(new Set(asked)).toEqual(new Set(['minio']));
  });

  it('stops when the signal fires', async () => {
    const { servers } = await openNameServer({ [TYPE_A]: 'silence', [TYPE_AAAA]: 'silence' });
    const gone = new AbortController();
    const answer = askNameServers(servers)('pictures.example', gone.signal);
    gone.abort();
    expect(await answer).toEqual([]);
  });
});

it('the system knows what this machine calls itself', async () => {
  const addresses = await askSystem('localhost', anySignal());
  expect(addresses.some((address) => address === '127.0.0.1' || address === '::1')).toBe(true);
});
