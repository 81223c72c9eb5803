import { chmod, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { keysContract } from '../../ports/keys.contract.ts';
import { type KeyRing, newMasterKey, openKeyRing, readKeyRing, writeKeyRing } from './key-ring.ts';
import { createKeys } from './keys.ts';

const ring: KeyRing = [newMasterKey()];
keysContract('AES-256-GCM', () => createKeys(() => ring));

const newFile = async () => join(await mkdtemp(join(tmpdir(), 'facegate-keys-')), 'keys', 'master.key');

describe('a rotated master key', () => {
  const context = { account: 'here' as AccountId, id: 'x', kind: 'data-key' } as const;

  it('seals anew and still opens what the earlier one sealed', () => {
    let current = ring;
    const keys = createKeys(() => current);
    const key = keys.createDataKey();
    const before = keys.sealDataKey(key, context);
    const added = newMasterKey();
    current = [added, ...ring];
    const after = keys.sealDataKey(key, context);
    expect(keys.openDataKey(before, context)).toEqual(keys.openDataKey(after, context));
    current = [added];
    expect(() => keys.openDataKey(before, context)).toThrow('not here');
    expect(Buffer.from(keys.openDataKey(after, context)).equals(Buffer.from(key))).toBe(true);
  });
});

describe('the key ring', () => {
  it('is made once, for the owner alone, and read again', async () => {
    const file = await newFile();
    const made = await openKeyRing(file);
    expect(await openKeyRing(file)).toEqual(made);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(file, '..'))).toEqual(['master.key']);
  });

  it('is one ring for all who make it at once', async () => {
    const file = await newFile();
    const rings = await Promise.all(Array.from({ length: 8 }, () => openKeyRing(file)));
    expect(new Set(rings.map(([{ id }]) => id)).size).toBe(1);
    expect(await openKeyRing(file)).toEqual(rings[0]);
    expect(await readdir(join(file, '..'))).toEqual(['master.key']);
  });

  it('is not what a writer who died left behind', async () => {
    const file = await newFile();
    const made = await openKeyRing(file);
    await writeFile(join(file, '..', '.0123456789ab.tmp'), 'half a k', { mode: 0o600 });
    expect(await openKeyRing(file)).toEqual(made);
  });

  it('stays as it is when another cannot be written, and leaves no draft', async () => {
    const file = await newFile();
    // A folder where the file should be.
    await mkdir(join(file, 'in-the-way'), { recursive: true });
    const written = writeKeyRing(file, [newMasterKey()]);
    await expect(written).rejects.toMatchObject({
      name: 'KeyRingError',
      message: expect.stringContaining(file),
    });
    expect(await readdir(join(file, '..'))).toEqual(['master.key']);
  });

  it('is of the key that was given, and then writes nothing', async () => {
    const file = await newFile();
    const given = Buffer.alloc(32, 7).toString('base64');
    expect((await openKeyRing(file, given))[0].bytes).toEqual(Buffer.alloc(32, 7));
    expect(await readKeyRing(file)).toBeUndefined();
  });

  it('keeps several keys, the current one first', async () => {
    const file = await newFile();
    const both: KeyRing = [newMasterKey(), newMasterKey()];
    await writeKeyRing(file, both);
    expect((await openKeyRing(file)).map(({ id }) => id)).toEqual(both.map(({ id }) => id));
  });

  it.each([
    ['an empty file', ''],
    ['a short key', `${Buffer.alloc(31).toString('base64')}\n`],
    ['no base64', `${'!'.repeat(44)}\n`],
    ['one good line and one broken', `${Buffer.alloc(32).toString('base64')}\nbroken\n`],
  ])('refuses %s and leaves it as it is', async (_name, content) => {
    const file = await newFile();
    await openKeyRing(file);
    await writeFile(file, content);
    await expect(openKeyRing(file)).rejects.toThrow(file);
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('refuses a file that others may read, and says how to close it', async () => {
    const file = await newFile();
    await openKeyRing(file);
    await chmod(file, 0o640);
    await expect(openKeyRing(file)).rejects.toThrow('chmod 600');
  });

  it.each(['', 'short', Buffer.alloc(33).toString('base64')])('refuses %j as a given key', async (given) => {
    await expect(openKeyRing(await newFile(), given)).rejects.toThrow('base64');
  });
});
