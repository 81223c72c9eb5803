import type { Content } from '../../ports/content.ts';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { errors } from '../errors.ts';
import type { CaseDecision, CaseKind, ProofName } from './case.ts';
import type { OpenMedium } from './case-seals.ts';
import { judgeInjection } from './judge-injection.ts';
import { judgeVerification } from './judge-verification.ts';
import { type Look, look, type ShownMedium, toShow } from './look.ts';
import { lookAtClip } from './look-at-clip.ts';
import { lookAtPicture } from './look-at-picture.ts';
import type { CaseParts } from './parts.ts';

/** What came of a case. */
export interface Decided {
  readonly decision: CaseDecision;
  /** What can be shown of it. */
  readonly shown: readonly ShownMedium[];
}

type DecidingParts = Pick<CaseParts, 'processor' | 'scratch' | 'policy'>;

/** A case as it was submitted, opened. */
interface Opened {
  readonly kind: CaseKind;
  readonly media: readonly OpenMedium[];
  /** In the place of a picture. */
  readonly clip?: Content;
}

/**
 * Examines the media of a case and decides. The same media give the same decision.
 *
 * @throws FaceError `overloaded`, `timeout`, `unavailable`, `video-unsupported`, `model-missing`, `internal`.
 */
export const decideCase = (parts: DecidingParts, opened: Opened, signal: AbortSignal): Promise<Decided> =>
  opened.kind === 'injection'
    ? decideInjection(parts, opened, signal)
    : decideVerification(parts, opened, signal);

async function decideInjection(
  parts: DecidingParts,
  { media, clip }: Opened,
  signal: AbortSignal,
): Promise<Decided> {
  const seen = clip
    ? await lookAtClip(parts, clip, signal)
    : await lookAtPicture(parts.processor, mediumOf(media, 'probe'), signal);
  return { decision: judgeInjection(seen, parts.policy), shown: shownOf(seen) };
}

async function decideVerification(
  { processor }: DecidingParts,
  { media }: Opened,
  signal: AbortSignal,
): Promise<Decided> {
  const probe = await describe(processor, mediumOf(media, 'probe'), signal);
  const reference = await describe(processor, mediumOf(media, 'reference'), signal);
  return {
    decision: judgeVerification(processor.calibration, probe, reference),
    shown: [...shownOf(probe), ...shownOf(reference)],
  };
}

/** The face of a picture, to be compared. */
const describe = (processor: FaceProcessor, medium: OpenMedium, signal: AbortSignal): Promise<Look> =>
  look(async () => {
    const request = { faces: 'central', template: true } as const;
    const { faces } = await processor.process(Uint8Array.from(medium.bytes), request, signal);
    return { faces, shown: await toShow(processor, medium, signal) };
  });

function mediumOf(media: readonly OpenMedium[], name: ProofName): OpenMedium {
  const medium = media.find((one) => one.name === name);
  if (medium === undefined) throw errors.internal(`a case has no ${name}`);
  return medium;
}

const shownOf = (seen: Look): readonly ShownMedium[] => (seen === 'unreadable' ? [] : seen.shown);
