import type { SearchScope } from '../../../domain/identification/identification.ts';
import type { SearchScopeFields } from '../wire/search-scope.ts';
import { rateReaching } from './similarity.ts';

export interface SearchDefaults {
  readonly searchThreshold: number;
  readonly searchLimit: number;
}

/** Where to search, and the distance up to which what is found is answered. */
export interface ScopePlan {
  readonly scope: SearchScope;
  readonly distanceMax: number;
}

export function toSearchScope(
  { groupIds, group_ids, filter, threshold, limit }: SearchScopeFields,
  defaults: SearchDefaults,
): ScopePlan {
  const distanceMax = threshold ?? defaults.searchThreshold;
  return {
    distanceMax,
    scope: {
      groupIds: groupIds ?? group_ids ?? [],
      ...(filter && { filter: { op: filter.op, field: filter.field, values: filter.value } }),
      subjectsMax: limit ?? defaults.searchLimit,
      falseMatchRateMax: rateReaching(distanceMax),
    },
  };
}
