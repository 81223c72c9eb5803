import type { AnalysisRequest } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { imageErrorCodeOf } from '../errors.ts';
import type { Acquisition, EncodedImage } from './acquire.ts';

type Failure = Extract<Acquisition, { outcome: 'failure-to-acquire' }>;

/** A picture that is to be kept, beside what was found in it. */
export type PictureAcquisition =
  | Failure
  | (Extract<Acquisition, { outcome: 'acquired' }> & { readonly picture: Picture });

/** An encoded picture with its media type, such as `image/jpeg`. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

interface PictureInput {
  readonly image: EncodedImage;
  readonly request: AnalysisRequest;
}

/**
 * Obtains the faces of a picture and the picture itself: the resized one where a resize was asked.
 *
 * @throws FaceError as `acquire`.
 */
export async function acquirePicture(
  processor: FaceProcessor,
  { image, request }: PictureInput,
  signal?: AbortSignal,
): Promise<PictureAcquisition> {
  try {
    const bytes = await image();
    // The processor may take over what it is given.
    const analysed = await processor.process(Uint8Array.from(bytes), request, signal);
    const { width, height, faces, stageMs, resized, mediaType } = analysed;
    if (faces.length === 0) return { outcome: 'failure-to-acquire', reason: 'no-face' };
    const picture =
      resized === undefined
        ? { bytes, contentType: mediaType }
        : { bytes: resized, contentType: 'image/jpeg' };
    return { outcome: 'acquired', width, height, faces, stageMs, picture };
  } catch (error) {
    const reason = imageErrorCodeOf(error);
    if (reason === undefined) throw error;
    return { outcome: 'failure-to-acquire', reason };
  }
}
