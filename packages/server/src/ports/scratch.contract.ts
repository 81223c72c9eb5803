import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Scratch } from './scratch.ts';

const CONTENT = Uint8Array.of(1, 2, 3);

/** The promises of the Scratch port. */
export function scratchContract(name: string, open: () => Scratch): void {
  const isThere = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );

  describe(`${name} keeps the promises of Scratch`, () => {
    it('gives work a file of its own, and removes it afterwards', async () => {
      let path = '';
      const read = await open().withFile([CONTENT], async (given) => {
        path = given;
        return readFile(given);
      });
      expect([...read]).toEqual([...CONTENT]);
      expect(await isThere(path)).toBe(false);
    });

    it('removes it when the work fails, and passes on why', async () => {
      let path = '';
      const failing = open().withFile([CONTENT], async (given) => {
        path = given;
        throw new Error('of the work');
      });
      await expect(failing).rejects.toThrow('of the work');
      expect(await isThere(path)).toBe(false);
    });

    it('keeps a file until it is removed, with its size and its beginning', async () => {
      const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i);
      const file = await open().keep([bytes.subarray(0, 30), bytes.subarray(30, 100), bytes.subarray(100)]);
      expect(file.sizeBytes).toBe(bytes.length);
      expect(file.head).toEqual(bytes.subarray(0, 64));
      for (let i = 0; i < 2; i++) {
        const pieces: Uint8Array[] = [];
        for await (const piece of file.read()) pieces.push(piece);
        expect(Uint8Array.from(Buffer.concat(pieces))).toEqual(bytes);
      }
      expect((await stat(file.path)).mode & 0o777).toBe(0o600);
      await file.remove();
      await file.remove();
      expect(await isThere(file.path)).toBe(false);
    });

    it('keeps short files and empty ones', async () => {
      for (const content of [[], [CONTENT]]) {
        const { head, sizeBytes, remove } = await open().keep(content);
        expect([...head]).toEqual(content.flatMap((piece) => [...piece]));
        expect(sizeBytes).toBe(head.length);
        await remove();
      }
    });

    it('leaves no file of content that breaks off, and passes on why', async () => {
      const scratch = open();
      let path = '';
      await scratch.withFile([], async (given) => {
        path = given;
      });
      const breaking = async function* () {
        yield CONTENT;
        throw new Error('of the content');
      };
      await expect(scratch.keep(breaking())).rejects.toThrow('of the content');
      await expect(scratch.withFile(breaking(), async () => {})).rejects.toThrow('of the content');
      expect(await readdir(dirname(path))).toEqual([]);
    });

    it('lets nobody else read it', async () => {
      const mode = await open().withFile([CONTENT], async (path) => (await stat(path)).mode);
      expect(mode & 0o777).toBe(0o600);
    });

    it('sweeps files that were left behind, and none that are younger', async () => {
      const scratch = open();
      await scratch.withFile([CONTENT], async (path) => {
        await scratch.sweep(new Date(0));
        expect(await isThere(path)).toBe(true);
        await scratch.sweep(new Date(Date.now() + 60_000));
        expect(await isThere(path)).toBe(false);
      });
    });
  });
}
