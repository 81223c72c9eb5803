import { errors, FaceError } from '../../domain/errors.ts';

/** Where an operation knows no 404: what a body names and does not exist makes a bad parameter of it. */
export async function absenceAsBadParameter<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FaceError && error.code === 'not-found') {
      throw errors.invalidRequest(error.publicMessage);
    }
    throw error;
  }
}
