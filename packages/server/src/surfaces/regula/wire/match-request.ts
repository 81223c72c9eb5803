import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { OutputImageParams } from './output-image-params.ts';

const MatchImage = Type.Object({
  index: nullable(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  /** ImageSource: see translate/to-verification.ts. */
  type: nullable(Type.Integer({ minimum: 1, maximum: 7 })),
  /** Base64. */
  data: Type.String(),
  detectAll: nullable(Type.Boolean()),
});

/** `MatchRequest` of the 6.4 OpenAPI. Unknown keys are ignored. */
export const MatchRequest = Type.Object({
  tag: Type.Optional(Type.Unknown()),
  /** Deprecated; any truthy value asks for thumbnails. */
  thumbnails: Type.Optional(Type.Unknown()),
  images: Type.Array(MatchImage),
  outputImageParams: nullable(OutputImageParams),
});

export type MatchRequest = Static<typeof MatchRequest>;
export type MatchImage = Static<typeof MatchImage>;
