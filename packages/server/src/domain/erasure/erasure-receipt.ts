import type { CaseKind } from '../cases/case.ts';

/**
 * What the operator can show to whoever asks for a proof that a case was erased. Times are ISO 8601 in UTC. It holds
 * nothing of the person.
 */
export interface ErasureReceipt {
  readonly document: 'facegate erasure receipt 1';
  readonly reference: string;
  /** The space the case belonged to. */
  readonly account: string;
  readonly kind: CaseKind;
  readonly createdAt: string;
  readonly erasedAt: string;
  readonly issuedAt: string;
  /** What it held in all its life. */
  readonly erased: {
    readonly media: number;
    readonly proofs: number;
    readonly decisions: number;
    /** Whom it enrolled: record, templates and key. */
    readonly persons: number;
  };
  /** Whatever was sealed with the key opens no more, wherever a copy of it may lie. */
  readonly method: { readonly dataKey: 'overwritten'; readonly files: 'removed' };
  /** SHA-256 of the comment in UTF-8, hexadecimal. */
  readonly commentSha256: string;
  /** From the audit trail. Absent when its line is gone, or was never written. */
  readonly erasedBy?: Eraser;
}

/** Who erased a case, as the audit trail has it. */
export interface Eraser {
  readonly actor: string;
  /** `done` when it was asked for, `expired` when its days were over. */
  readonly outcome: string;
  /** Number and hash of the line. */
  readonly line: number;
  readonly lineHash: string;
}

export interface SignedReceipt extends ErasureReceipt {
  /** SHA-256 of the public key (SubjectPublicKeyInfo), 64 hexadecimal digits. */
  readonly keyId: string;
  /** Ed25519 over the canonical JSON of all the others, 128 hexadecimal digits. */
  readonly signature: string;
}
