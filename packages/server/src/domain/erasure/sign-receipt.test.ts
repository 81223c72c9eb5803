import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErasureReceipt } from './erasure-receipt.ts';
import { parsePublicKey, publicKeyText } from './receipt-key.ts';
import { signReceipt, verifyReceipt } from './sign-receipt.ts';

const keys = generateKeyPairSync('ed25519');
const { publicKey } = keys;

const receipt: ErasureReceipt = {
  document: 'facegate erasure receipt 1',
  reference: 'ABCDEFGHIJ12345',
  account: 'here/facia',
  kind: 'verification',
  createdAt: '2026-01-31T12:00:00.000Z',
  erasedAt: '2026-02-01T12:00:00.000Z',
  issuedAt: '2026-02-02T12:00:00.000Z',
  erased: { media: 2, proofs: 1, decisions: 1, persons: 0 },
  method: { dataKey: 'overwritten', files: 'removed' },
  commentSha256: 'ab'.repeat(32),
  erasedBy: { actor: 'somebody', outcome: 'done', line: 7, lineHash: 'cd'.repeat(32) },
};
const signed = signReceipt(receipt, keys);
const printed = JSON.stringify(signed);
const outcomeOf = (text: string, key = publicKey) => verifyReceipt(text, key).outcome;

type Path = readonly string[];

/** To everything in a receipt that has no parts itself. */
const pathsIn = (value: unknown): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => pathsIn(part).map((path) => [name, ...path]))
    : [[]];

function changed(value: unknown, [name, ...rest]: Path, change: (leaf: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  const object = value as Record<string, unknown>;
  return { ...object, [name]: changed(object[name], rest, change) };
}

describe('a receipt', () => {
  it('is genuine as it was printed, in whatever layout', () => {
    for (const text of [printed, JSON.stringify(signed, undefined, 2), `\n${printed}\n`]) {
      expect(verifyReceipt(text, publicKey)).toEqual({ outcome: 'genuine', receipt: signed });
    }
    const backwards = Object.fromEntries(Object.entries(signed).toReversed());
    expect(outcomeOf(JSON.stringify(backwards))).toBe('genuine');
  });

  it.each(pathsIn(signed))('is refused with anything else in %s %s', (...path) => {
    const given = path.filter((name) => name !== undefined);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant({})), (other) => {
        const forged = JSON.stringify(changed(signed, given, () => other));
        fc.pre(forged !== printed);
        expect(outcomeOf(forged)).not.toBe('genuine');
      }),
    );
    const slightly = (leaf: unknown) => (typeof leaf === 'number' ? leaf + 1 : `${leaf}0`);
    expect(outcomeOf(JSON.stringify(changed(signed, given, slightly)))).not.toBe('genuine');
    const gone = JSON.stringify(changed(signed, given, () => undefined));
    expect(outcomeOf(gone)).not.toBe('genuine');
  });

  it('is refused when a digit or letter of it is another, wherever', () => {
    fc.assert(
      fc.property(fc.nat(printed.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, other) => {
        fc.pre(printed[at] !== other);
        expect(outcomeOf(printed.slice(0, at) + other + printed.slice(at + 1))).not.toBe('genuine');
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused with something added, or said twice', () => {
    expect(outcomeOf(JSON.stringify({ ...signed, note: 'more' }))).toBe('altered');
    expect(outcomeOf(printed.replace('{', '{"reference":"ANOTHER",'))).toBe('altered');
    expect(outcomeOf(printed.replace('{', '{"__proto__":{"kind":"injection"},'))).toBe('altered');
  });

  it('is refused under another key, and when another key signed it in the name of this one', () => {
    const others = generateKeyPairSync('ed25519');
    expect(outcomeOf(printed, others.publicKey)).toBe('other-key');
    const forged = { ...signReceipt(receipt, others), keyId: signed.keyId };
    expect(outcomeOf(JSON.stringify(forged))).toBe('altered');
  });

  it.each(['', '{', '[]', 'null', '7', '"text"', '{}', '{"keyId":1,"signature":2}'])(
    'is not what %j is',
    (text) => {
      expect(outcomeOf(text)).toBe('not-a-receipt');
    },
  );
});

describe('a public key', () => {
  it('is read as it was printed', () => {
    const read = parsePublicKey(publicKeyText(publicKey));
    expect(read && outcomeOf(printed, read)).toBe('genuine');
  });

  it('is none when it is private, of another kind, or broken', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const privateText = keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const broken = publicKeyText(publicKey).replace('MC', 'XX');
    for (const text of [publicKeyText(rsa), privateText, broken, '', printed]) {
      expect(parsePublicKey(text)).toBeUndefined();
    }
  });
});
