import { type Static, Type } from 'typebox';
import { KeptText } from './kept-text.ts';
import { nullable } from './nullable.ts';
import { Uuids } from './uuid.ts';

const LIMIT_MAX = 1000;
const VALUES_MAX = 1000;

const SearchFilter = Type.Object({
  op: Type.Enum(['in', 'nin'], { type: 'string' }),
  field: Type.Enum(['name', 'externalId'], { type: 'string' }),
  value: Type.Array(KeptText, { maxItems: VALUES_MAX }),
});

/** Where to search and how far, in search and in match_and_search. */
export const searchScopeFields = {
  groupIds: nullable(Uuids),
  /** The name of version 4, which the vendor's example still sends. */
  group_ids: nullable(Uuids),
  filter: nullable(SearchFilter),
  /** A distance: the `score` scale of match, 0 = identical. */
  threshold: nullable(Type.Number({ minimum: 0 })),
  /** Persons for each face. */
  limit: nullable(Type.Integer({ minimum: 1, maximum: LIMIT_MAX })),
};

const SearchScopeFields = Type.Object(searchScopeFields);

export type SearchScopeFields = Static<typeof SearchScopeFields>;
