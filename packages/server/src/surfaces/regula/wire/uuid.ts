import { Type } from 'typebox';

/** In either case of letters, without a `urn:` head. */
export const Uuid = Type.String({ pattern: '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$' });

/** Ids that one request may name. */
const IDS_MAX = 10_000;

export const Uuids = Type.Array(Uuid, { maxItems: IDS_MAX });
