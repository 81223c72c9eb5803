import { type Static, Type } from 'typebox';
import { EncodedText } from '../../../http/encoded-text.ts';
import { nullable } from './nullable.ts';
import { OutputImageParams } from './output-image-params.ts';

/** How a picture is named in the answer, and which of its faces count. */
export const imageLabelFields = {
  index: nullable(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  /** ImageSource: see translate/to-verification.ts. */
  type: nullable(Type.Integer({ minimum: 1, maximum: 7 })),
  detectAll: nullable(Type.Boolean()),
};

const ImageLabelFields = Type.Object(imageLabelFields);

const MatchImage = Type.Object({
  ...imageLabelFields,
  /** Base64. */
  data: EncodedText,
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
export type ImageLabelFields = Static<typeof ImageLabelFields>;
