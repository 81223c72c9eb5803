import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { keysContract } from '../../ports/keys.contract.ts';
import { givenKeyRing, type KeyRing, newMasterKey, openKeyRing, writeKeyRing } from './key-ring.ts';
import { createKeys } from './keys.ts';
import { followKeyRing } from './live-key-ring.ts';

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

describe('the key ring of a running process', () => {
  const context = { account: 'here' as AccountId, id: 'x', kind: 'data-key' } as const;
  const followed = async () => {
    const file = await newFile();
    const failures: unknown[] = [];
    const first = await openKeyRing(file);
    const live = followKeyRing(file, first, (error) => void failures.push(error));
    return { file, first, live, failures, keys: createKeys(live.known, live.latest) };
  };

  it('opens what another process seals with a key that it has just put into the file', async () => {
    const { file, first, keys } = await followed();
    for (let rotation = 0; rotation < 20; rotation++) {
      const after: KeyRing = [newMasterKey(), ...first];
      await writeKeyRing(file, after);
      const sealed = createKeys(() => after).sealDataKey(keys.createDataKey(), context);
      expect(keys.openDataKey(sealed, context)).toHaveLength(32);
    }
  });

  it('seals with the new key as soon as it is in the file', async () => {
    const { file, first, keys } = await followed();
    for (let rotation = 0; rotation < 20; rotation++) {
      const after: KeyRing = [newMasterKey(), ...first];
      await writeKeyRing(file, after);
      const sealed = keys.sealDataKey(keys.createDataKey(), context);
      expect(Buffer.from(sealed.subarray(0, 8)).toString('hex')).toBe(after[0].id);
      expect(keys.isSealedByCurrent(sealed)).toBe(true);
    }
  });

  it('still opens what a key sealed that has gone from the file', async () => {
    const { file, keys } = await followed();
    const before = keys.sealDataKey(keys.createDataKey(), context);
    await writeKeyRing(file, [newMasterKey()]);
    expect(keys.isSealedByCurrent(before)).toBe(false);
    expect(keys.openDataKey(before, context)).toHaveLength(32);
  });

  it('stays as it was while the file is gone or broken, and says so once', async () => {
    const { file, first, live, failures } = await followed();
    await rm(file);
    expect(live.latest().map(({ id }) => id)).toEqual([first[0].id]);
    await writeFile(file, 'half a k', { mode: 0o600 });
    for (let i = 0; i < 3; i++) expect(live.latest().map(({ id }) => id)).toEqual([first[0].id]);
    expect(failures).toMatchObject([{ name: 'KeyRingError' }]);
    const after = newMasterKey();
    await writeKeyRing(file, [after]);
    expect(live.latest().map(({ id }) => id)).toEqual([after.id, first[0].id]);
  });

  it('knows no key that is nowhere', async () => {
    const { keys } = await followed();
    const sealed = createKeys(() => [newMasterKey()]).sealDataKey(keys.createDataKey(), context);
    expect(() => keys.openDataKey(sealed, context)).toThrow('not here');
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

  it('is of the keys that were given, the one that is to replace the other first', () => {
    const [current, next] = [7, 8].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [
      string,
      string,
    ];
    expect(givenKeyRing({ current }).map(({ bytes }) => bytes[0])).toEqual([7]);
    expect(givenKeyRing({ current, next }).map(({ bytes }) => bytes[0])).toEqual([8, 7]);
    expect(() => givenKeyRing({ current, next: current })).toThrow('in use');
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

  it.each(['', 'short', Buffer.alloc(33).toString('base64')])('refuses %j as a given key', (given) => {
    const good = Buffer.alloc(32).toString('base64');
    expect(() => givenKeyRing({ current: given })).toThrow('base64');
    expect(() => givenKeyRing({ current: good, next: given })).toThrow('base64');
  });
});
