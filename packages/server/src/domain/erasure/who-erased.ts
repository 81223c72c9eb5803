import type { AuditLine } from '../../ports/audit-log.ts';
import type { CaseName } from '../../ports/case-records.ts';
import { isSame } from '../audit/chain.ts';
import { chainOf, type TrailParts } from '../audit/open-trail.ts';
import { readTrail } from '../audit/read-trail.ts';
import type { Eraser } from './erasure-receipt.ts';

/**
 * Who erased a case, by the last line about it.
 *
 * @returns undefined when there is no line, `altered` when it is not as it was written.
 * @throws FaceError `internal` when the trail's key does not open with the master key, `unavailable`.
 * @cost   reads all lines about erased cases of the space.
 */
export async function whoErased(
  { log, keys }: TrailParts,
  { space, reference }: CaseName,
): Promise<Eraser | 'altered' | undefined> {
  let last: AuditLine | undefined;
  await readTrail(log, { account: space, action: 'case.erase' }, (line) => {
    if (JSON.parse(line.details).reference === reference) last = line;
  });
  const trail = await log.trail();
  if (last === undefined || trail === undefined) return undefined;
  if (!isSame(last.hash, chainOf(keys, trail).hashOf(last))) return 'altered';
  const { actor, outcome, number, hash } = last;
  return { actor, outcome, line: number, lineHash: Buffer.from(hash).toString('hex') };
}
