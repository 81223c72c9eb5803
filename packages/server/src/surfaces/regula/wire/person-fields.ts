import { type Static, Type } from 'typebox';
import { KeptText } from './kept-text.ts';
import { Metadata } from './metadata.ts';
import { nullable } from './nullable.ts';
import { Uuids } from './uuid.ts';

/** Seconds; as much as the vendor's `int` holds. */
export const TimeToLive = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });

/** `PersonFields` of the 6.4 OpenAPI. Unknown keys are ignored. */
export const PersonFields = Type.Object({
  name: KeptText,
  externalId: nullable(KeptText),
  metadata: nullable(Metadata),
  groups: nullable(Uuids),
  ttl: nullable(TimeToLive),
});

export type PersonFields = Static<typeof PersonFields>;

/** `PersonToUpdateFields` of the 6.4 OpenAPI. */
export const PersonToUpdateFields = Type.Object({
  name: nullable(KeptText),
  externalId: nullable(KeptText),
  metadata: nullable(Metadata),
  groups: nullable(Uuids),
});

export type PersonToUpdateFields = Static<typeof PersonToUpdateFields>;
