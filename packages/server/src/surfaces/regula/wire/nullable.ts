import { type Static, type TSchema, Type } from 'typebox';

/** An optional field that may also be sent as null: several of the vendor's client libraries do. */
export const nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Optional(Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] }));
