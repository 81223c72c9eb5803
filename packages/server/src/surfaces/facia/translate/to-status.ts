import type { Case } from '../../../domain/cases/case.ts';
import type { Links } from '../links.ts';
import type { StatusData } from '../wire/answers.ts';
import { similarityFields } from './similarity.ts';
import { declineOf } from './to-result.ts';

/** What the vendor calls what a case asks. */
export const TYPES = { injection: 'deepfake', verification: 'photo_id_match' } as const;

/** What /status tells, every link of it fresh. */
export async function toStatus(asked: Case, links: Links): Promise<StatusData> {
  const status = statusOf(asked);
  const [still, video, reference, first, worst] = await Promise.all([
    links.proof('probe', 'first-frame'),
    links.proof('video'),
    links.proof('reference'),
    links.proof('first-frame'),
    links.proof('worst-frame'),
  ]);
  return {
    reference_id: asked.reference,
    type: TYPES[asked.kind],
    status,
    ...similarityFields(asked.decision),
    quick_liveness_image: still,
    video,
    id_card_image: reference,
    video_frame_1: first,
    video_frame_2: worst,
    ...(status === 'DECLINED' && declineFields(asked)),
  };
}

function statusOf({ state, decision }: Case): StatusData['status'] {
  if (decision !== undefined) return decision.isAccepted ? 'ACCEPTED' : 'DECLINED';
  return state === 'failed' ? 'DECLINED' : 'PENDING';
}

function declineFields(asked: Case) {
  const decline = declineOf(asked);
  return { decline_reason: decline?.reason ?? null, decline_code: decline?.code ?? null };
}
