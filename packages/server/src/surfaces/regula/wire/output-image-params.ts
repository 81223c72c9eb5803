import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { RgbColour } from './rgb-colour.ts';

/** Side of a crop, px. The vendor states no cap; ours keeps a request for a hundred faces from asking for gigabytes. */
const CROP_SIDE_MAX = 2048;

const Crop = Type.Object({
  /** FaceImageQualityAlignType: see translate/portraits.ts. */
  type: nullable(Type.Integer({ minimum: 0, maximum: 4 })),
  padColor: nullable(RgbColour),
  /** Width and height, px. */
  size: nullable(
    Type.Array(Type.Integer({ minimum: 1, maximum: CROP_SIDE_MAX }), { minItems: 2, maxItems: 2 }),
  ),
  returnOriginalRect: nullable(Type.Boolean()),
});

/** `OutputImageParams` of the 6.4 OpenAPI. Unknown keys are ignored. */
export const OutputImageParams = Type.Object({
  backgroundColor: nullable(RgbColour),
  crop: nullable(Crop),
});

export type OutputImageParams = Static<typeof OutputImageParams>;
