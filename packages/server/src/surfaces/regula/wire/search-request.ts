import { type Static, Type } from 'typebox';
import { ImageFields } from './image-fields.ts';
import { KeptText } from './kept-text.ts';
import { Metadata } from './metadata.ts';
import { nullable } from './nullable.ts';
import { OutputImageParams } from './output-image-params.ts';
import { TimeToLive } from './person-fields.ts';
import { searchScopeFields } from './search-scope.ts';

const PersonToCreate = Type.Object({
  name: nullable(KeptText),
  externalId: nullable(KeptText),
  metadata: nullable(Metadata),
  ttl: nullable(TimeToLive),
});

/** `SearchRequest` of the 6.4 OpenAPI. Unknown keys are ignored. */
export const SearchRequest = Type.Object({
  ...searchScopeFields,
  image: nullable(ImageFields),
  createPerson: nullable(PersonToCreate),
  outputImageParams: nullable(OutputImageParams),
  detectAll: nullable(Type.Boolean()),
});

export type SearchRequest = Static<typeof SearchRequest>;

/** 7.1: with `withImages=true` the pictures found come in the answer. */
export const SearchQuery = Type.Object({
  withImages: Type.Optional(Type.String({ pattern: '^([Tt]rue|[Ff]alse|1|0|)$' })),
});

export type SearchQuery = Static<typeof SearchQuery>;
