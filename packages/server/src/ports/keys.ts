import type { AccountId } from '../domain/enrolment/records.ts';
import type { Content, Pieces } from './content.ts';

/** What a sealed thing is: the seal does not open as anything else. */
export interface SealContext {
  readonly account: AccountId;
  /** UUID of the subject, reference, credential or audit trail; the name of a service key; the reference of a case. */
  readonly id: string;
  readonly kind:
    | 'data-key'
    | 'template'
    | 'image'
    | 'service-key'
    | 'secret'
    | 'audit-key'
    | 'case-key'
    | 'case-medium'
    | 'case-decision';
}

/** A subject's or a service's key, open in memory. */
export type DataKey = Uint8Array & { readonly __brand: 'DataKey' };

/**
 * Encryption at rest: a data key for each subject, sealed by the master key. Who loses the sealed data key loses all
 * that was sealed with it.
 */
export interface Keys {
  createDataKey(): DataKey;
  /** @returns a seal that begins with the 8 bytes of the master key's id. */
  sealDataKey(key: DataKey, context: SealContext): Uint8Array;
  /** Whether the current master key sealed it. */
  isSealedByCurrent(sealed: Uint8Array): boolean;
  /** @throws FaceError `internal` when the seal is of another master key or context, or was changed. */
  openDataKey(sealed: Uint8Array, context: SealContext): DataKey;
  seal(key: DataKey, content: Uint8Array, context: SealContext): Uint8Array;
  /** @throws FaceError `internal` when the seal is of another key or context, or was changed. */
  open(key: DataKey, sealed: Uint8Array, context: SealContext): Uint8Array;
  /** Seals content that is never held whole. Opened by `openContent` alone. */
  sealPieces(key: DataKey, content: Pieces, context: SealContext): AsyncIterable<Uint8Array>;
  /**
   * Opens what `sealPieces` or `seal` sealed. Every piece that is read was sealed at this place of this content; that
   * none is missing behind it is known at the end alone.
   *
   * @throws FaceError `internal` here or while it is read: as `open`, and when pieces were left out, moved or added.
   */
  openContent(key: DataKey, sealed: Content, context: SealContext): Promise<Content>;
}
