import { readFile, stat } from 'node:fs/promises';
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
      const read = await open().withFile(CONTENT, async (given) => {
        path = given;
        return readFile(given);
      });
      expect([...read]).toEqual([...CONTENT]);
      expect(await isThere(path)).toBe(false);
    });

    it('removes it when the work fails, and passes on why', async () => {
      let path = '';
      const failing = open().withFile(CONTENT, async (given) => {
        path = given;
        throw new Error('of the work');
      });
      await expect(failing).rejects.toThrow('of the work');
      expect(await isThere(path)).toBe(false);
    });

    it('lets nobody else read it', async () => {
      const mode = await open().withFile(CONTENT, async (path) => (await stat(path)).mode);
      expect(mode & 0o777).toBe(0o600);
    });

    it('sweeps files that were left behind, and none that are younger', async () => {
      const scratch = open();
      await scratch.withFile(CONTENT, async (path) => {
        await scratch.sweep(new Date(0));
        expect(await isThere(path)).toBe(true);
        await scratch.sweep(new Date(Date.now() + 60_000));
        expect(await isThere(path)).toBe(false);
      });
    });
  });
}
