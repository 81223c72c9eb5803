import { type Static, Type } from 'typebox';

/** `?page=&size=`, as text. Unknown parameters are ignored. */
export const PageQuery = Type.Object({
  /** From 1. */
  page: Type.Optional(Type.String({ pattern: '^0*[1-9][0-9]{0,8}$' })),
  /** 1 to 1000. */
  size: Type.Optional(Type.String({ pattern: '^0*([1-9][0-9]{0,2}|1000)$' })),
});

export type PageQuery = Static<typeof PageQuery>;

/** `*Page` of the 6.4 OpenAPI. */
export interface WirePage<Item> {
  readonly items: readonly Item[];
  /** The one asked for, also beyond the end. */
  readonly page: number;
  /** At least 1. */
  readonly totalPages: number;
}
