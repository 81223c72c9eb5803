import { Type } from 'typebox';

/** `[r, g, b]`, 0..255 each. */
export const RgbColour = Type.Array(Type.Integer({ minimum: 0, maximum: 255 }), { minItems: 3, maxItems: 3 });
