/**
 * The exact search among many: arithmetic over templates' values, no model and no picture.
 *
 * @module
 */
export { SearchIndex } from './search-index.ts';
export type { SearchAnswer, SearchIndexOptions, SearchQuery } from './search-query.ts';
export { type RowSelection, selectionOf } from './selection.ts';
export type { Candidate } from './top-k.ts';
