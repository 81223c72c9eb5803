/** Why the bundled PostgreSQL did not start, in the operator's words: `message` says what to do. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}
