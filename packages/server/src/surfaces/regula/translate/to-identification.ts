import type { SubjectRequest } from '../../../domain/enrolment/enrolment.ts';
import type { IdentificationInput } from '../../../domain/identification/identification.ts';
import type { SearchRequest } from '../wire/search-request.ts';
import { type PortraitPlan, planPortraits } from './portraits.ts';
import { type PictureSources, toEncodedImage, toResize } from './to-picture.ts';
import { type SearchDefaults, toSearchScope } from './to-search-scope.ts';
import { toSubject } from './to-subject.ts';

export interface SearchPlan {
  readonly input: IdentificationInput;
  readonly portraits: PortraitPlan;
  readonly distanceMax: number;
}

/** @throws InvalidField */
export function toIdentification(
  request: SearchRequest,
  sources: PictureSources,
  defaults: SearchDefaults,
): SearchPlan {
  const { image, outputImageParams, detectAll, createPerson } = request;
  const picture = image ?? {};
  const portraits = planPortraits({ outputImageParams, thumbnails: false });
  const { scope, distanceMax } = toSearchScope(request, defaults);
  const resize = toResize(picture);
  return {
    portraits,
    distanceMax,
    input: {
      image: toEncodedImage(picture, sources),
      ...(resize && { resize }),
      faces: detectAll === true ? 'all' : 'central',
      portraits: portraits.specs,
      scope,
      ...(createPerson && { enrolUnknown: personToEnrol(createPerson, scope.groupIds) }),
    },
  };
}

/** Of the groups searched, or else the same search would not find the person again and make another. */
const personToEnrol = (
  person: NonNullable<SearchRequest['createPerson']>,
  groups: readonly string[],
): SubjectRequest => toSubject({ ...person, name: person.name ?? '', groups: [...groups] });
