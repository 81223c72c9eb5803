import type { CaseName } from '../../ports/case-records.ts';
import { erase } from '../enrolment/remove.ts';
import { errors } from '../errors.ts';
import type { CaseParts } from './parts.ts';

/**
 * Erases a case but for its reference, times and comment, and whom it enrolled; this process stops examining it.
 *
 * @throws FaceError `not-found`.
 */
export async function eraseCase(
  parts: Pick<CaseParts, 'cases' | 'blobs' | 'records' | 'running' | 'catchUp'>,
  name: CaseName,
  comment: string,
): Promise<void> {
  const blobIds = await parts.cases.erase(name, comment);
  if (blobIds === undefined) throw errors.notFound('case');
  parts.running.giveUp(name.reference);
  await parts.catchUp();
  await erase(parts, blobIds);
}
