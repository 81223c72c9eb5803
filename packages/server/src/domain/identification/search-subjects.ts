import type { AccountId } from '../enrolment/records.ts';
import type { SubjectSearch, SubjectSearchInput } from '../examination/examination.ts';
import { examine } from '../examination/examine.ts';
import { resolveScope, type SearchParts, searchFaces } from './search-faces.ts';

interface ExaminedSearch {
  readonly account: AccountId;
  readonly input: SubjectSearchInput;
  readonly signal: AbortSignal | undefined;
}

/** Searches the face of a picture that passes its checks among all subjects of an account. */
export async function searchSubjects(
  parts: SearchParts,
  { account, input: { examination, subjectsMax, falseMatchRateMax }, signal }: ExaminedSearch,
): Promise<SubjectSearch> {
  const examined = await examine(parts.processor, { ...examination, template: true }, signal);
  if (examined.outcome === 'failure-to-acquire') return examined;
  if (examined.failed.length > 0) return { outcome: 'refused', examined };
  const scope = await resolveScope(parts, account, { groupIds: [], subjectsMax, falseMatchRateMax });
  const [searched] = await searchFaces(parts, [examined.face], scope, signal);
  return { outcome: 'searched', examined, candidates: searched?.candidates ?? [] };
}
