import type { CaseKind } from './case.ts';
import { decideAge } from './decide-age.ts';
import { decideEnrolment } from './decide-enrolment.ts';
import { decideIdentification } from './decide-identification.ts';
import { type Decided, type DecidingParts, facesOf, mediumOf, type Opened, shownOf } from './decided.ts';
import { judgeInjection } from './judge-injection.ts';
import { judgeVerification } from './judge-verification.ts';
import { lookAtClip } from './look-at-clip.ts';
import { lookAtFace } from './look-at-face.ts';
import { lookAtPicture } from './look-at-picture.ts';

type Decide = (parts: DecidingParts, opened: Opened, signal: AbortSignal) => Promise<Decided>;

/**
 * Examines the media of a case and decides. The same media give the same decision; an identification's, as long as the
 * same people are enrolled.
 *
 * @throws FaceError `overloaded`, `timeout`, `unavailable`, `video-unsupported`, `model-missing`, `internal`.
 */
export const decideCase: Decide = (parts, opened, signal) => DECIDES[opened.kind](parts, opened, signal);

async function decideInjection(
  parts: DecidingParts,
  { media, clip }: Opened,
  signal: AbortSignal,
): Promise<Decided> {
  const seen = clip
    ? await lookAtClip(parts, clip, signal)
    : await lookAtPicture(parts.processor, mediumOf({ media }, 'probe'), signal);
  return { decision: judgeInjection(seen, parts.policy), shown: shownOf(seen), faces: facesOf(seen) };
}

async function decideVerification(
  { processor }: DecidingParts,
  opened: Opened,
  signal: AbortSignal,
): Promise<Decided> {
  const describe = (name: 'probe' | 'reference') =>
    lookAtFace(processor, { medium: mediumOf(opened, name), wanted: { template: true } }, signal);
  const probe = await describe('probe');
  const reference = await describe('reference');
  return {
    decision: judgeVerification(processor.calibration, probe, reference),
    shown: [...shownOf(probe), ...shownOf(reference)],
    faces: facesOf(probe),
  };
}

const DECIDES: Readonly<Record<CaseKind, Decide>> = {
  injection: decideInjection,
  verification: decideVerification,
  identification: decideIdentification,
  'age-estimation': decideAge,
  enrolment: decideEnrolment,
};
