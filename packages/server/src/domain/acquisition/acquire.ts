import type { AnalysedFace, AnalysedImage, AnalysisRequest } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { type ImageErrorCode, imageErrorCodeOf } from '../errors.ts';

/**
 * Hands over the encoded picture when it is needed, so that text is turned into bytes no earlier.
 *
 * @throws FaceError one of the `ImageErrorCode`s when there is no picture to hand over.
 */
export type EncodedImage = () => Uint8Array | Promise<Uint8Array>;

export type AcquisitionFailure = 'no-face' | ImageErrorCode;

/** What one picture gave. A picture without a usable face is an outcome, not an error. */
export type Acquisition =
  | {
      readonly outcome: 'acquired';
      readonly width: number;
      readonly height: number;
      /** At least one. */
      readonly faces: readonly AnalysedFace[];
      /** As `AnalysedImage.stageMs`. */
      readonly stageMs: AnalysedImage['stageMs'];
    }
  | { readonly outcome: 'failure-to-acquire'; readonly reason: AcquisitionFailure };

export interface AcquisitionInput {
  readonly image: EncodedImage;
  readonly request: AnalysisRequest;
}

/**
 * Obtains the faces of one picture.
 *
 * @throws FaceError when the request as a whole cannot go on: `overloaded`, `timeout`, `model-missing`, `internal`.
 */
export async function acquire(
  processor: FaceProcessor,
  { image, request }: AcquisitionInput,
  signal?: AbortSignal,
): Promise<Acquisition> {
  try {
    const picture = image();
    // Bytes that are there go to work before the request's next picture is turned into bytes.
    const bytes = picture instanceof Uint8Array ? picture : await picture;
    const { width, height, faces, stageMs } = await processor.process(bytes, request, signal);
    if (faces.length === 0) return { outcome: 'failure-to-acquire', reason: 'no-face' };
    return { outcome: 'acquired', width, height, faces, stageMs };
  } catch (error) {
    const reason = imageErrorCodeOf(error);
    if (reason === undefined) throw error;
    return { outcome: 'failure-to-acquire', reason };
  }
}
