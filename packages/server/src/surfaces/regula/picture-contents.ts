import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { FaceError } from '../../domain/errors.ts';
import type { RecognizeImage, SearchPerson } from './wire/people.ts';

/** Of the pictures in one answer, before base64. */
const CONTENTS_BYTES_MAX = 33_554_432;

/** The same persons with the pictures themselves, in order, for as long as there is room. */
export async function withContents(
  persons: readonly SearchPerson[],
  enrolment: Enrolment,
  account: AccountId,
): Promise<SearchPerson[]> {
  const room = { bytes: CONTENTS_BYTES_MAX };
  const complete: SearchPerson[] = [];
  for (const person of persons) {
    const images: RecognizeImage[] = [];
    for (const image of person.images) {
      const content =
        room.bytes > 0 ? await contentOf(enrolment, { account, personId: person.id, image }) : undefined;
      room.bytes -= content?.length ?? 0;
      const fits = content !== undefined && room.bytes >= 0;
      images.push({ ...image, content: fits ? content.toString('base64') : null });
    }
    complete.push({ ...person, images });
  }
  return complete;
}

interface FoundImage {
  readonly account: AccountId;
  readonly personId: string;
  readonly image: RecognizeImage;
}

/** Undefined when it has gone since it was found. */
async function contentOf(
  enrolment: Enrolment,
  { account, personId, image }: FoundImage,
): Promise<Buffer | undefined> {
  try {
    const { bytes } = await enrolment.referencePicture(account, personId, image.id);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (error instanceof FaceError && error.code === 'not-found') return undefined;
    throw error;
  }
}
