import type { AnalysedFace } from '@facegate/engine/vocabulary';
import { acquirePicture, type PictureAcquisition } from '../acquisition/acquire-picture.ts';
import type { SubjectRequest } from '../enrolment/enrolment.ts';
import type { EnrolmentParts } from '../enrolment/parts.ts';
import { createExclusion, enrolledBefore, enrolUnknown } from './enrol-unknown.ts';
import type { Identification, IdentificationInput, IdentificationOutcome } from './identification.ts';
import { type ResolvedScope, resolveScope, type SearchParts, searchFaces } from './search-faces.ts';
import { verifyAndIdentify } from './verify-and-identify.ts';

export type IdentificationParts = SearchParts & EnrolmentParts;

export function createIdentification(parts: IdentificationParts): Identification {
  const exclusion = createExclusion();
  return {
    identify: async (account, input, signal) => {
      const scope = await resolveScope(parts, account, input.scope);
      const acquired = await acquireProbe(parts, input, signal);
      if (acquired.outcome === 'failure-to-acquire') return acquired;
      const earlier = await enrolledBefore(parts, account, input.idempotency);
      const outcome = await search(parts, acquired, scope, signal);
      if (earlier !== undefined) return { ...outcome, enrolled: earlier };
      if (input.enrolUnknown === undefined || hasCandidates(outcome)) return outcome;
      // One after another: the second of two searches for the same stranger finds who the first enrolled.
      return exclusion(() =>
        enrolUnknown(parts, {
          account,
          acquired,
          request: input.enrolUnknown as SubjectRequest,
          idempotency: input.idempotency,
          searchAgain: () => search(parts, acquired, scope, signal),
        }),
      );
    },
    verifyAndIdentify: (account, input, signal) => verifyAndIdentify(parts, account, input, signal),
  };
}

function acquireProbe(
  { processor }: IdentificationParts,
  { image, faces, portraits, resize }: IdentificationInput,
  signal?: AbortSignal,
): Promise<PictureAcquisition> {
  const request = { faces, portraits, template: true, ...(resize && { resize }) } as const;
  return acquirePicture(processor, { image, request }, signal);
}

type Searched = Extract<IdentificationOutcome, { outcome: 'searched' }>;

interface Probe {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly AnalysedFace[];
}

async function search(
  parts: SearchParts,
  { width, height, faces }: Probe,
  scope: ResolvedScope,
  signal?: AbortSignal,
): Promise<Searched> {
  return { outcome: 'searched', width, height, faces: await searchFaces(parts, faces, scope, signal) };
}

const hasCandidates = ({ faces }: Searched): boolean => faces.some(({ candidates }) => candidates.length > 0);
