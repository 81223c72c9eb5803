import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { Keys } from './keys.ts';
import type { SealedTemplate, TemplateOpener } from './template-opener.ts';

/** The promises of the TemplateOpener port, for templates that `keys` sealed. */
export function templateOpenerContract(name: string, keys: Keys, start: () => TemplateOpener): void {
  const valuesOf = (seed: number): Float32Array => Float32Array.from({ length: 8 }, (_, i) => seed + i / 8);
  const sealed = (seed: number): SealedTemplate => {
    const [account, id, subjectId] = [`at ${seed % 3}` as AccountId, randomUUID(), randomUUID()];
    const key = keys.createDataKey();
    const bytes = new Uint8Array(valuesOf(seed).buffer);
    return {
      account,
      id,
      subjectId,
      sealedDataKey: keys.sealDataKey(key, { account, id: subjectId, kind: 'data-key' }),
      sealedTemplate: keys.seal(key, bytes, { account, id, kind: 'template' }),
    };
  };
  const batchOf = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => sealed(from + i));
  const opening = async <T>(work: (opener: TemplateOpener) => Promise<T>): Promise<T> => {
    const opener = start();
    return work(opener).finally(() => opener.close());
  };

  describe(`${name} keeps the promises of TemplateOpener`, () => {
    it('gives the values of every reference, in order, also of batches sent at once', () =>
      opening(async (opener) => {
        const sizes = [1, 300, 0, 17];
        const batches = sizes.map((size, i) => batchOf(1000 * i, 1000 * i + size));
        const opened = await Promise.all(batches.map((batch) => opener.open(batch)));
        expect(opened).toEqual(
          sizes.map((size, i) => Array.from({ length: size }, (_, at) => valuesOf(1000 * i + at))),
        );
      }));

    it('leaves what it was given as it was', () =>
      opening(async (opener) => {
        const batch = batchOf(0, 3);
        const bytesOf = () =>
          batch.map(({ sealedDataKey, sealedTemplate }) => [...sealedDataKey, ...sealedTemplate]);
        const before = bytesOf();
        await opener.open(batch);
        expect(bytesOf()).toEqual(before);
      }));

    it('gives nothing for those that do not open, and the rest all the same', () =>
      opening(async (opener) => {
        const [first, changed, moved, last] = batchOf(0, 4) as [
          SealedTemplate,
          SealedTemplate,
          SealedTemplate,
          SealedTemplate,
        ];
        const seal = Uint8Array.from(changed.sealedTemplate);
        seal[20] = 255 - (seal[20] ?? 0);
        const batch = [
          first,
          { ...changed, sealedTemplate: seal },
          { ...moved, id: randomUUID() },
          { ...last, sealedTemplate: new Uint8Array() },
          last,
        ];
        expect(await opener.open(batch)).toEqual([valuesOf(0), undefined, undefined, undefined, valuesOf(3)]);
      }));

    it('refuses batches once it is closed, those on the way included', async () => {
      const opener = start();
      const onTheWay = opener.open(batchOf(0, 50));
      const failed = expect(onTheWay).rejects.toMatchObject({ code: 'internal' });
      await opener.close();
      await failed;
      await expect(opener.open(batchOf(0, 1))).rejects.toMatchObject({ code: 'internal' });
    });
  });
}
