import type { Content } from '../../ports/content.ts';
import type { ScratchFile } from '../../ports/scratch.ts';
import type { AccountId } from '../enrolment/records.ts';
import type { Case, EnrolmentWish, ProofName } from './case.ts';

/**
 * Submissions that are examined later: told by a reference, asked for until they are decided, deleted when their owner
 * says so.
 *
 * What is answered is on disk. A reference of another space is `not-found`, as one of nothing. Every operation may throw
 * FaceError `unavailable`.
 */
export interface Cases {
  /**
   * Media that cannot be decoded are refused, unless the engine has no room to tell: then the decision says so.
   *
   * @throws FaceError `unsupported-media`, `payload-too-large`, `image-unreadable`, `image-empty` by the content of the
   *   media, `too-many-images`, `invalid-request`, with nothing kept.
   */
  submit(space: AccountId, submission: Submission): Promise<Case>;
  find(space: AccountId, reference: string): Promise<Case>;
  /** Resolves when the case is decided or has failed, or as it stands when `signal` fires. */
  settled(space: AccountId, reference: string, signal: AbortSignal): Promise<Case>;
  /**
   * Erases media, scores and proofs at once, and whom the case enrolled; one that is being examined is given up. What
   * stays is reference, time and comment, for the operator.
   */
  erase(space: AccountId, reference: string, comment: string): Promise<void>;
  /** A fresh link to something of a case that is shown: dies after its lifetime, and with the case. */
  linkTo(space: AccountId, reference: string, proof: ProofName): Promise<ProofLink>;
  /** @returns undefined for a link that was changed, is over, or whose case is gone. */
  openLink(
    link: Omit<ProofLink, 'expiresAt'> & { readonly expires: string },
  ): Promise<ProofMedia | 'gone' | undefined>;
}

export interface Submission {
  readonly kind: Case['kind'];
  readonly clientReference?: string;
  /** `probe` always; `reference` for a verification, `further` pictures for an enrolment alone. */
  readonly media: {
    readonly probe: Media;
    readonly reference?: Media;
    /** Maximum: 4. */
    readonly further?: readonly Media[];
  };
  /** An enrolment always has one, examinations for manipulation never. `replace-latest` needs a client reference. */
  readonly enrol?: EnrolmentWish;
}

export type Media = MediaInMemory | MediaInFile;

interface MediaInMemory {
  readonly bytes: Uint8Array;
  /** Clips only where they are asked for. */
  readonly type: 'image' | 'video';
  readonly file?: undefined;
}

/** The file is its owner's to remove, once the submission is kept or refused. */
interface MediaInFile {
  readonly file: ScratchFile;
  readonly type: 'image' | 'video';
  readonly bytes?: undefined;
}

/** What a URL is made of: opaque id, when it ends, and the seal over both. */
export interface ProofLink {
  /** 24 hexadecimal digits. */
  readonly id: string;
  readonly expiresAt: Date;
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

/** Compressed anew, without metadata; a clip as it came. */
export interface ProofMedia extends Content {
  readonly contentType: 'image/jpeg' | 'video/mp4';
}
