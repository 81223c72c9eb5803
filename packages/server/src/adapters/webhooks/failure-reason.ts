import { FaceError } from '../../domain/errors.ts';
import { UnreachableHost } from '../../outbound/resolve-host.ts';

/** Why nothing could be sent, for the operator: our own words and codes of the system, never the receiver's. */
export function reasonOf(error: unknown): string {
  if (error instanceof FaceError) return error.publicMessage;
  if (error instanceof UnreachableHost) return error.message;
  return `no connection: ${codeOf(error) ?? 'cut off'}`;
}

/** Of several addresses that were tried the first one's. */
function codeOf(error: unknown): string | undefined {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : undefined;
}
