import { randomBytes } from 'node:crypto';
import type { CaseProof, ClaimedCase } from '../../ports/case-records.ts';
import { erase } from '../enrolment/remove.ts';
import { errors } from '../errors.ts';
import type { CaseDecision } from './case.ts';
import {
  type OpenCase,
  type OpenMedium,
  openCaseKey,
  openMedium,
  sealDecision,
  sealMedium,
} from './case-seals.ts';
import { decideCase } from './decide-case.ts';
import type { CaseParts } from './parts.ts';

const PROOF_ID_BYTES = 12;

/**
 * Opens a claimed case, decides it, and keeps decision and proofs in the place of its media.
 *
 * @returns undefined when the case was deleted, or claimed by another, meanwhile: nothing is kept then.
 * @throws  FaceError as `decideCase`.
 */
export async function examineCase(
  parts: CaseParts,
  claimed: ClaimedCase,
  signal: AbortSignal,
): Promise<CaseDecision | undefined> {
  const { space, reference, kind, lease } = claimed;
  const open: OpenCase = { name: { space, reference }, dataKey: openCaseKey(parts.keys, claimed) };
  const media = await openMedia(parts, open, claimed);
  const { decision, shown } = await decideCase(parts, { kind, media }, signal);
  const proofs = await Promise.all(shown.map((medium) => keepProof(parts, open, { claimed, medium })));
  const sealedDecision = sealDecision(parts.keys, open, decision);
  const isKept = await parts.cases.complete(lease, {
    isAccepted: decision.isAccepted,
    sealedDecision,
    proofs,
  });
  if (!isKept) await erase(parts, newBlobs(proofs, claimed));
  return isKept ? decision : undefined;
}

const openMedia = (parts: CaseParts, open: OpenCase, { media }: ClaimedCase): Promise<OpenMedium[]> =>
  Promise.all(
    media.map(async (medium) => {
      const opened = await openMedium(parts, open, medium);
      if (opened === undefined) throw errors.internal('a medium of a case is gone');
      return opened;
    }),
  );

interface Keeping {
  readonly claimed: ClaimedCase;
  readonly medium: OpenMedium;
}

/** What is shown as it came is not sealed twice. */
async function keepProof(parts: CaseParts, open: OpenCase, { claimed, medium }: Keeping): Promise<CaseProof> {
  const asItCame = claimed.media.find(
    ({ name, contentType }) => name === medium.name && contentType === 'video/mp4',
  );
  const kept = asItCame ?? (await sealMedium(parts, open, medium));
  return { ...kept, id: randomBytes(PROOF_ID_BYTES).toString('hex') };
}

/** The others are named by whoever has the case now. */
const newBlobs = (proofs: readonly CaseProof[], { media }: ClaimedCase): string[] =>
  proofs.map(({ blobId }) => blobId).filter((id) => media.every(({ blobId }) => blobId !== id));
