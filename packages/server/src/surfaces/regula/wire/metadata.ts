import { Type } from 'typebox';

/** A free-form object. What may be in it is checked where it is taken over. */
export const Metadata = Type.Object({});
