import type { AccountId } from '../enrolment/records.ts';
import type { SearchedFace } from '../identification/identification.ts';
import { resolveScope, type SearchParts, searchFaces } from '../identification/search-faces.ts';
import { type Decided, facesOf, mediumOf, type Opened, shownOf } from './decided.ts';
import { judgeIdentification } from './judge-identification.ts';
import { lookAtFace } from './look-at-face.ts';
import { FALSE_MATCH_RATE_MAX } from './policy.ts';

/** Searches the face of a picture among all whom the cases of its space enrolled before this moment. */
export async function decideIdentification(
  parts: SearchParts,
  opened: Opened,
  signal: AbortSignal,
): Promise<Decided> {
  const asked = { medium: mediumOf(opened, 'probe'), wanted: { template: true } };
  const seen = await lookAtFace(parts.processor, asked, signal);
  const faces = facesOf(seen);
  const [searched] = faces.length === 0 ? [] : await search(parts, { space: opened.space, faces }, signal);
  return { decision: judgeIdentification(seen, searched), shown: shownOf(seen), faces };
}

/** Whom another node enrolled and answered for is found, too. */
async function search(
  parts: SearchParts,
  { space, faces }: Pick<Decided, 'faces'> & { readonly space: AccountId },
  signal: AbortSignal,
): Promise<SearchedFace[]> {
  await parts.follower.catchUp();
  const wanted = { groupIds: [], subjectsMax: 1, falseMatchRateMax: FALSE_MATCH_RATE_MAX };
  return searchFaces(parts, faces, await resolveScope(parts, space, wanted), signal);
}
