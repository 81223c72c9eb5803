import type { AnalysedFace } from '@facegate/engine/vocabulary';
import type { AccountId } from '../enrolment/records.ts';
import { verifyFaces } from '../verification/verify.ts';
import type { Candidate, VerificationWithCandidates, VerifyAndIdentifyInput } from './identification.ts';
import { resolveScope, type SearchParts, searchFaces } from './search-faces.ts';

/** Compares the faces of all pictures and searches each of them, on templates computed once. */
export async function verifyAndIdentify(
  parts: SearchParts,
  account: AccountId,
  { scope, ...input }: VerifyAndIdentifyInput,
  signal?: AbortSignal,
): Promise<VerificationWithCandidates> {
  const resolved = await resolveScope(parts, account, scope);
  const verification = await verifyFaces(parts.processor, input, signal);
  const candidates = await Promise.all(
    verification.acquisitions.map(async (acquisition): Promise<(readonly Candidate[])[]> => {
      const faces: readonly AnalysedFace[] = acquisition.outcome === 'acquired' ? acquisition.faces : [];
      const searched = await searchFaces(parts, faces, resolved, signal);
      return searched.map((face) => [...face.candidates]);
    }),
  );
  return { ...verification, candidates };
}
