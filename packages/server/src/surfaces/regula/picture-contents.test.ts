import { describe, expect, it } from 'vitest';
import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import { LOCAL_ACCOUNT } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import { WITHOUT_STORE } from '../../without-store.contract.ts';
import { withContents } from './picture-contents.ts';
import type { SearchPerson } from './wire/people.ts';

const MEBIBYTE = 1_048_576;

/** One person whose pictures have these sizes; undefined is one that has gone. */
async function sizesOf(...sizes: (number | undefined)[]) {
  const read: string[] = [];
  const enrolment: Enrolment = {
    ...WITHOUT_STORE.enrolment,
    referencePicture: async (_account, _subject, id) => {
      read.push(id);
      const size = sizes[Number(id)];
      if (size === undefined) throw errors.notFound('image');
      return { bytes: new Uint8Array(size), contentType: 'image/png' };
    },
  };
  const images = sizes.map((_, i) => ({ id: String(i) }));
  const persons = [{ id: 'p', images }] as unknown as SearchPerson[];
  const [person] = await withContents(persons, enrolment, LOCAL_ACCOUNT);
  const contents = person!.images.map(({ content }) =>
    typeof content === 'string' ? Buffer.from(content, 'base64').length : content,
  );
  return { contents, read };
}

describe('withContents', () => {
  it('adds every picture while there is room', async () => {
    expect((await sizesOf(3, 0, 5)).contents).toEqual([3, 0, 5]);
  });

  it('leaves null where a picture has gone meanwhile', async () => {
    expect((await sizesOf(3, undefined, 5)).contents).toEqual([3, null, 5]);
  });

  it('stops at 32 MiB, and reads no further picture', async () => {
    const { contents, read } = await sizesOf(20 * MEBIBYTE, 12 * MEBIBYTE, 1, 1);
    expect(contents).toEqual([20 * MEBIBYTE, 12 * MEBIBYTE, null, null]);
    expect(read).toEqual(['0', '1']);
  });

  it('passes on every other failure', async () => {
    const persons = [{ id: 'p', images: [{ id: '0' }] }] as unknown as SearchPerson[];
    await expect(withContents(persons, WITHOUT_STORE.enrolment, LOCAL_ACCOUNT)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
