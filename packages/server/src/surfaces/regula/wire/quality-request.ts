import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';
import { RgbColour } from './rgb-colour.ts';

/** Three times as many as there are names: enough for every one and its variants. */
const CONFIG_MAX = 144;

const Name = nullable(Type.String({ maxLength: 256 }));

/** `QualityRequest` of the 6.4 OpenAPI. */
export const QualityRequest = Type.Object({
  backgroundMatchColor: nullable(RgbColour),
  config: nullable(
    Type.Array(
      Type.Object({
        /** FaceQualityConfigName; other names are ignored. */
        name: Name,
        /** Smallest and largest compliant value. */
        range: nullable(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })),
      }),
      { maxItems: CONFIG_MAX },
    ),
  ),
});

export type QualityRequest = Static<typeof QualityRequest>;

/** `ProcessParam.attributes` of the 6.4 OpenAPI. */
export const AttributesRequest = Type.Object({
  /** Names are of FaceAttribute; others are ignored. */
  config: nullable(Type.Array(Type.Object({ name: Name }), { maxItems: CONFIG_MAX })),
});

export type AttributesRequest = Static<typeof AttributesRequest>;
