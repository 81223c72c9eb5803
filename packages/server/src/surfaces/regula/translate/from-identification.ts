import type { SearchedFace } from '../../../domain/identification/identification.ts';
import { CONTRACT_VERSION, DETECTOR_TYPE, LANDMARKS_TYPE } from '../recorded-constants.ts';
import type { SearchDetection, SearchPerson } from '../wire/people.ts';
import { RESULT_CODES } from '../wire/result-codes.ts';
import { faceToWire } from './face.ts';
import type { PortraitPlan } from './portraits.ts';
import { distanceOf, type RecognitionLimits, recognisedToWire } from './recognised.ts';

interface SearchView extends RecognitionLimits {
  readonly portraits: PortraitPlan;
}

/** The persons found for each face, the nearest first; one found for two faces stands there twice. */
export const searchPersonsOf = (faces: readonly SearchedFace[], view: SearchView): SearchPerson[] =>
  faces
    .flatMap((searched, idx) => {
      const detection = detectionOf(searched, idx, view.portraits);
      return recognisedToWire(searched.candidates, view).map((person) => ({ ...person, detection }));
    })
    .sort((a, b) => distanceOf(a) - distanceOf(b));

const detectionOf = ({ face }: SearchedFace, idx: number, portraits: PortraitPlan): SearchDetection => ({
  code: RESULT_CODES.FACER_OK,
  msg: 'FACER_OK',
  idx,
  ...faceToWire(face, portraits),
  landmarksType: LANDMARKS_TYPE,
  detectorType: DETECTOR_TYPE,
  versionSDK: CONTRACT_VERSION,
});
