import { type Static, Type } from 'typebox';
import { KeptText } from './kept-text.ts';
import { Metadata } from './metadata.ts';
import { nullable } from './nullable.ts';
import { Uuids } from './uuid.ts';

/** `GroupToCreate` of the 6.4 OpenAPI. Unknown keys are ignored. */
export const GroupToCreate = Type.Object({
  name: KeptText,
  /** Required by the OpenAPI, left out by clients. */
  metadata: nullable(Metadata),
});

export type GroupToCreate = Static<typeof GroupToCreate>;

/** `UpdateGroup` of the 6.4 OpenAPI. */
export const UpdateGroup = Type.Object({
  addItems: nullable(Uuids),
  removeItems: nullable(Uuids),
});

export type UpdateGroup = Static<typeof UpdateGroup>;
