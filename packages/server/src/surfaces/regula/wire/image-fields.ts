import { type Static, Type } from 'typebox';
import { NullableEncodedText } from '../../../http/encoded-text.ts';
import { nullable } from './nullable.ts';

/** As long as addresses get in practice. */
const URL_CHARACTERS_MAX = 2048;

/** No picture that is accepted has a longer side. */
const SIDE_MAX = 65_535;

const Side = Type.Integer({ minimum: 1, maximum: SIDE_MAX });

const ResizeOptions = Type.Object({
  /** px. */
  width: nullable(Side),
  /** px. */
  height: nullable(Side),
  /** Percent. */
  quality: nullable(Type.Integer({ minimum: 1, maximum: 100 })),
});

/** `image` of `ImageFields` of the 6.4 OpenAPI. Unknown keys are ignored, `contentType` among them. */
export const ImageFields = Type.Object({
  /** Base64. */
  content: NullableEncodedText,
  /** The name that match gives to `content`. */
  data: NullableEncodedText,
  imageUrl: nullable(Type.String({ maxLength: URL_CHARACTERS_MAX })),
  resizeOptions: nullable(ResizeOptions),
});

export type ImageFields = Static<typeof ImageFields>;
