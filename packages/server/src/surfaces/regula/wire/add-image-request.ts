import { type Static, Type } from 'typebox';
import { ImageFields } from './image-fields.ts';

/** `AddImageToPersonRequest` of the 6.4 OpenAPI. Unknown keys are ignored, and so are `threshold` and `limit`. */
export const AddImageToPersonRequest = Type.Object({ image: ImageFields });

export type AddImageToPersonRequest = Static<typeof AddImageToPersonRequest>;
