import type { Enrolment } from '../../domain/enrolment/enrolment.ts';
import type { AccountId, Reference } from '../../domain/enrolment/records.ts';
import { FaceError } from '../../domain/errors.ts';

/** Base64 of the picture of a reference; null when it has gone since it was found. */
export async function enrolledPicture(
  enrolment: Enrolment,
  space: AccountId,
  { subjectId, id }: Reference,
): Promise<string | null> {
  try {
    const { bytes } = await enrolment.referencePicture(space, subjectId, id);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  } catch (error) {
    if (error instanceof FaceError && error.code === 'not-found') return null;
    throw error;
  }
}
