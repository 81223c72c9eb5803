import { Type } from 'typebox';

/** No NUL, which the store cannot hold, and no half of a surrogate pair, which UTF-8 cannot. */
const KEEPABLE = '^[^\\u0000\\p{Surrogate}]*$';

const CHARACTERS_MAX = 512;

/** A name that is kept, or compared with those that are. */
export const KeptText = Type.String({ maxLength: CHARACTERS_MAX, pattern: KEEPABLE });
