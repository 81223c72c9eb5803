import { type Static, Type } from 'typebox';
import { ImageFields } from './image-fields.ts';
import { imageLabelFields } from './match-request.ts';
import { nullable } from './nullable.ts';
import { OutputImageParams } from './output-image-params.ts';
import { searchScopeFields } from './search-scope.ts';

/**
 * `MatchAndSearchRequest` of the 6.4 OpenAPI, with the threshold, limit and imageUrl of version 8 and what a match
 * request may ask besides. Unknown keys are ignored.
 */
export const MatchAndSearchRequest = Type.Object({
  ...searchScopeFields,
  images: Type.Array(Type.Object({ ...ImageFields.properties, ...imageLabelFields })),
  outputImageParams: nullable(OutputImageParams),
});

export type MatchAndSearchRequest = Static<typeof MatchAndSearchRequest>;
