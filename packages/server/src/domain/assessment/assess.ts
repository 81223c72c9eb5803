import type {
  AnalysisRequest,
  FaceAttribute,
  PortraitSpec,
  QualityRequest,
} from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { type Acquisition, acquire, type EncodedImage } from '../acquisition/acquire.ts';

export interface AssessmentInput {
  readonly image: EncodedImage;
  readonly faces: AnalysisRequest['faces'];
  /** Portraits wanted of every face, in this order. */
  readonly portraits: readonly PortraitSpec[];
  /** Absent, as `attributes`: not computed. */
  readonly quality?: QualityRequest;
  readonly attributes?: readonly FaceAttribute[];
}

/**
 * Finds and describes the faces of one picture.
 *
 * @throws FaceError as {@link acquire}.
 */
export function assess(
  processor: FaceProcessor,
  { image, ...request }: AssessmentInput,
  signal?: AbortSignal,
): Promise<Acquisition> {
  return acquire(processor, { image, request }, signal);
}
