import { createHash } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { ErasedCase, ErasedCases, HeldByCase } from '../../ports/erased-cases.ts';
import type { ServiceKeyParts } from '../accounts/service-key.ts';
import type { TrailParts } from '../audit/open-trail.ts';
import type { Eraser, ErasureReceipt, SignedReceipt } from './erasure-receipt.ts';
import { receiptKeys } from './receipt-key.ts';
import { signReceipt } from './sign-receipt.ts';
import { whoErased } from './who-erased.ts';

export interface ReceiptParts extends TrailParts, ServiceKeyParts {
  readonly erasedCases: ErasedCases;
  readonly clock: Clock;
}

/** Why there is no receipt. */
export type NoReceipt =
  /** There never was such a case, or it is another account's. */
  | { readonly reason: 'unknown' }
  /** It is still kept. */
  | { readonly reason: 'not-erased' }
  /** It was submitted before anybody counted what a case holds. */
  | { readonly reason: 'not-counted' }
  /** The files, so many of them, are still to be removed. */
  | { readonly reason: 'files-left'; readonly filesLeft: number }
  /** It was being examined, and whoever does may hold it until then. */
  | { readonly reason: 'under-examination'; readonly until: Date }
  /** The audit trail's line about it is not as it was written. */
  | { readonly reason: 'trail-altered' };

/** Whose cases may be told of. */
export type BelongsTo = (space: string) => boolean;

/**
 * A signed receipt that a case was erased, made from what is left of it.
 *
 * @throws FaceError `internal` when the master key is not that of the store, `unavailable`.
 */
export async function issueReceipt(
  parts: ReceiptParts,
  reference: string,
  belongs: BelongsTo = () => true,
): Promise<SignedReceipt | NoReceipt> {
  const found = await parts.erasedCases.find(reference);
  if (found === undefined || !belongs(found.space)) return { reason: 'unknown' };
  if (found.state !== 'deleted') return { reason: 'not-erased' };
  const { held, filesLeft, examinedUntil: until } = found;
  if (held === undefined) return { reason: 'not-counted' };
  if (until !== undefined) return { reason: 'under-examination', until };
  if (filesLeft > 0) return { reason: 'files-left', filesLeft };
  const eraser = await whoErased(parts, found);
  if (eraser === 'altered') return { reason: 'trail-altered' };
  return signReceipt(
    receiptOf(found, { held, eraser, issuedAt: parts.clock.now() }),
    await receiptKeys(parts),
  );
}

interface Circumstances {
  readonly held: HeldByCase;
  readonly eraser: Eraser | undefined;
  readonly issuedAt: Date;
}

const receiptOf = (
  { reference, space, kind, createdAt, erasedAt, comment }: ErasedCase,
  { held, eraser, issuedAt }: Circumstances,
): ErasureReceipt => ({
  document: 'facegate erasure receipt 1',
  reference,
  account: space,
  kind,
  createdAt: createdAt.toISOString(),
  erasedAt: erasedAt.toISOString(),
  issuedAt: issuedAt.toISOString(),
  erased: held,
  method: { dataKey: 'overwritten', files: 'removed' },
  commentSha256: createHash('sha256').update(comment, 'utf8').digest('hex'),
  ...(eraser !== undefined && { erasedBy: eraser }),
});
