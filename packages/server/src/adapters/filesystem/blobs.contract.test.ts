import { mkdir, mkdtemp, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobsContract } from '../../ports/blobs.contract.ts';
import { createFileBlobs } from './blobs.ts';

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'facegate-blobs-')), 'blobs');
blobsContract('a folder', async () => createFileBlobs(await newFolder()));

const pathIn = (folder: string, id: string) => join(folder, id.slice(0, 2), id.slice(2, 4), id);

describe('blobs in a folder', () => {
  it('are for the owner alone', async () => {
    const folder = await newFolder();
    const id = await createFileBlobs(folder).put(Uint8Array.of(1));
    expect((await stat(pathIn(folder, id))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('are refused once their content has changed, without a word of it to the caller', async () => {
    const folder = await newFolder();
    const blobs = createFileBlobs(folder);
    const id = await blobs.put(Uint8Array.of(1, 2, 3));
    await writeFile(pathIn(folder, id), Uint8Array.of(1, 2, 4));
    await expect(blobs.get(id)).rejects.toMatchObject({
      code: 'internal',
      publicMessage: 'The server failed.',
    });
  });

  it('leave no draft behind when the place cannot be written', async () => {
    const folder = await newFolder();
    const blobs = createFileBlobs(folder);
    const id = await blobs.put(Uint8Array.of(5));
    await blobs.remove(id);
    // A folder where the file should be.
    await mkdir(pathIn(folder, id));
    await expect(blobs.put(Uint8Array.of(5))).rejects.toMatchObject({ code: 'internal' });
    expect(await readdir(join(pathIn(folder, id), '..'))).toEqual([id]);
  });

  it('clear away drafts of processes that died, and leave young ones alone', async () => {
    const folder = await newFolder();
    const blobs = createFileBlobs(folder);
    const id = await blobs.put(Uint8Array.of(1));
    const [old, young] = ['.draft-old', '.draft-young'].map((name) => join(folder, id.slice(0, 2), name));
    for (const path of [old, young]) await writeFile(path ?? '', 'x');
    await utimes(old ?? '', 1, 1);
    for await (const _ of blobs.putBefore(new Date(Date.now() - 60_000))) throw new Error('nothing is old');
    const left = await readdir(join(folder, id.slice(0, 2)));
    expect(left).toContain('.draft-young');
    expect(left).not.toContain('.draft-old');
  });

  it("fail in the domain's words where the folder is none", async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'facegate-blobs-')), 'file');
    await writeFile(file, '');
    const blobs = createFileBlobs(join(file, 'blobs'));
    await expect(blobs.put(Uint8Array.of(1))).rejects.toMatchObject({ name: 'FaceError', code: 'internal' });
  });
});
