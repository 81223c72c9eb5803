import { type Static, Type } from 'typebox';
import { Uuid } from './uuid.ts';

export const PersonPath = Type.Object({ personId: Uuid });
export type PersonPath = Static<typeof PersonPath>;

/** The OpenAPI gives an image's id no format: one that is no UUID is an image that does not exist. */
export const ImagePath = Type.Object({ personId: Uuid, imageId: Type.String() });
export type ImagePath = Static<typeof ImagePath>;

export const GroupPath = Type.Object({ groupId: Uuid });
export type GroupPath = Static<typeof GroupPath>;
