import type { AnalysedFace, AnalysisRequest } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { acquirePicture } from '../acquisition/acquire-picture.ts';
import { errors } from '../errors.ts';
import { CAPTURE_MEASURES, captureDefects } from '../quality/capture-defects.ts';
import { failedChecks } from './checks.ts';
import { COVERING_ATTRIBUTES, coveringsOf } from './coverings.ts';
import type {
  Aspect,
  AttackFinding,
  Check,
  Examination,
  ExaminationRequest,
  Findings,
} from './examination.ts';

interface PictureExamination extends ExaminationRequest {
  /** Whether the face is to be compared. */
  readonly template: boolean;
}

/**
 * Analyses a picture once for everything that is asked of it.
 *
 * @throws FaceError as `acquire`.
 */
export async function examine(
  processor: FaceProcessor,
  { image, template, aspects, checks }: PictureExamination,
  signal?: AbortSignal,
): Promise<Examination> {
  const wanted: ReadonlySet<Aspect | Check> = new Set([...aspects, ...checks]);
  const acquired = await acquirePicture(
    processor,
    { image, request: { ...analysisOf(wanted), template } },
    signal,
  );
  if (acquired.outcome === 'failure-to-acquire') return acquired;
  const { picture, faces } = acquired;
  const [face] = faces;
  if (face === undefined) throw errors.internal('a picture was acquired without a face');
  const findings = findingsOf(face, wanted);
  return { outcome: 'examined', picture, face, ...findings, failed: failedChecks(findings, checks) };
}

/** Other faces are counted and not described: a crowd costs little more than a portrait. */
const analysisOf = (wanted: ReadonlySet<Aspect | Check>): AnalysisRequest => ({
  faces: 'central',
  quality: { of: 'picture', measures: ['other-faces', ...(wanted.has('capture') ? CAPTURE_MEASURES : [])] },
  ...(wanted.has('coverings') && { attributes: COVERING_ATTRIBUTES }),
  ...(wanted.has('presentation-attack') && { presentationAttack: true }),
  ...(wanted.has('injection') && { injection: true }),
});

function findingsOf(face: AnalysedFace, wanted: ReadonlySet<Aspect | Check>): Findings {
  const { quality = {}, attributes = {} } = face;
  const otherFaces = quality['other-faces'];
  if (otherFaces === undefined) throw errors.internal('other faces were not counted though that was asked');
  return {
    faceCount: 1 + otherFaces,
    ...(wanted.has('capture') && { capture: captureDefects(quality) }),
    ...(wanted.has('coverings') && { coverings: coveringsOf(attributes) }),
    ...(wanted.has('presentation-attack') && { presentationAttack: attackFinding(face) }),
    ...(wanted.has('injection') && face.injection && { injection: face.injection }),
  };
}

/** A pack that has nothing to tell attacks by says nothing. */
const attackFinding = ({ presentationAttack }: AnalysedFace): AttackFinding =>
  presentationAttack ?? { outcome: 'undetermined' };
