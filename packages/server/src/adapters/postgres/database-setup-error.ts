/** Why the database cannot be used, in the operator's words: `message` says what to do. */
export class DatabaseSetupError extends Error {
  override readonly name = 'DatabaseSetupError';
}
