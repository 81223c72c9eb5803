import { errors } from '../../domain/errors.ts';

/** What a disk says that is full, broken or locked. */
const PASSING_CODES: readonly string[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'ESTALE'];

/** The domain's word for what the disk said. */
export function fromFileError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (PASSING_CODES.includes(code)) return errors.unavailable(`the disk fails with ${code}`, error);
  return error instanceof Error && error.name === 'FaceError'
    ? error
    : errors.internal('the disk failed', error);
}
