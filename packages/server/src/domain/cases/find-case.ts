import type { CaseName, StoredCase } from '../../ports/case-records.ts';
import type { Keys } from '../../ports/keys.ts';
import { errors } from '../errors.ts';
import type { Case } from './case.ts';
import { openDecision } from './case-seals.ts';
import type { CaseParts } from './parts.ts';

/** Between two looks at a case that somebody waits for: signals of other nodes may be lost. */
const POLL_MS = 1000;

/** @throws FaceError `not-found`. */
export async function findStored({ cases }: Pick<CaseParts, 'cases'>, name: CaseName): Promise<StoredCase> {
  const found = await cases.find(name);
  if (found === undefined) throw errors.notFound('case');
  return found;
}

/** @throws FaceError `not-found`. */
export const findCase = async (parts: Pick<CaseParts, 'cases' | 'keys'>, name: CaseName): Promise<Case> =>
  asOwnerSees(parts.keys, await findStored(parts, name));

/** The case when it is completed or failed, or as it stands when `signal` fires. @throws FaceError `not-found`. */
export async function settledCase(
  parts: Pick<CaseParts, 'cases' | 'keys' | 'bell'>,
  name: CaseName,
  signal: AbortSignal,
): Promise<Case> {
  for (;;) {
    // Counted before the look: a change after it is not missed.
    const rings = parts.bell.rings();
    const found = await findStored(parts, name);
    if (found.state === 'completed' || found.state === 'failed' || signal.aborted) {
      return asOwnerSees(parts.keys, found);
    }
    await parts.bell.after(rings, POLL_MS, signal);
  }
}

export const asOwnerSees = (keys: Keys, found: StoredCase): Case => ({
  reference: found.reference,
  kind: found.kind,
  ...(found.clientReference !== undefined && { clientReference: found.clientReference }),
  state: found.state,
  createdAt: found.createdAt,
  ...(found.state === 'completed' && { decision: openDecision(keys, found) }),
  proofs: found.proofs.map(({ name }) => name),
});
