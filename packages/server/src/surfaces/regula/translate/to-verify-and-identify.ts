import { errors } from '../../../domain/errors.ts';
import type { VerifyAndIdentifyInput } from '../../../domain/identification/identification.ts';
import type { MatchAndSearchRequest } from '../wire/match-and-search-request.ts';
import { planPortraits } from './portraits.ts';
import type { RecognitionLimits } from './recognised.ts';
import { type PictureSources, toEncodedImage } from './to-picture.ts';
import { type SearchDefaults, toSearchScope } from './to-search-scope.ts';
import { type MatchLimits, type MatchPlan, planVerification } from './to-verification.ts';

export interface MatchAndSearchPlan extends MatchPlan, RecognitionLimits {
  readonly input: VerifyAndIdentifyInput;
}

interface Settings extends SearchDefaults, MatchLimits {
  readonly prefix: string;
}

/** @throws FaceError `too-many-images`, `invalid-request` */
export function toVerifyAndIdentify(
  request: MatchAndSearchRequest,
  sources: PictureSources,
  settings: Settings,
): MatchAndSearchPlan {
  if (request.images.length === 0) throw errors.invalidRequest('There is no image.');
  const pictures = request.images.map((fields) => ({ fields, image: toEncodedImage(fields, sources) }));
  const { outputImageParams } = request;
  const plan = planVerification(pictures, planPortraits({ outputImageParams, thumbnails: false }), settings);
  const { scope, distanceMax } = toSearchScope(request, settings);
  return { ...plan, input: { ...plan.input, scope }, distanceMax, prefix: settings.prefix };
}
