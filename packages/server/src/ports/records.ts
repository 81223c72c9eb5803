import type {
  AccountId,
  Group,
  Metadata,
  Page,
  PageRequest,
  Reference,
  Subject,
} from '../domain/enrolment/records.ts';
import type { SealedTemplate } from './template-opener.ts';

/**
 * Durable records: what `transaction` has done when it resolves survives the end of the process and of the machine.
 *
 * Ids that are no UUID name nothing. Every operation may throw FaceError `unavailable` when the store cannot be
 * reached or does not answer within seconds; then nothing is known of a transaction that was running.
 */
export interface Records {
  /** All of `work` or nothing of it. A FaceError that `work` throws passes through; anything else is `internal`. */
  transaction<T>(work: (transaction: RecordsTransaction) => Promise<T>): Promise<T>;

  subject(account: AccountId, id: string): Promise<Subject | undefined>;
  /** The subject that the caller knows by this name; of several the oldest. An expired one is none. */
  subjectByExternalId(account: AccountId, externalId: string): Promise<Subject | undefined>;
  /** What is needed to seal something of a subject's. */
  subjectKey(account: AccountId, id: string): Promise<SubjectKey | undefined>;
  subjectsOfGroup(account: AccountId, groupId: string, page: PageRequest): Promise<Page<Subject>>;
  /** Numbers of the subjects with one of these values, in no order. Expired ones included. */
  subjectNumbers(account: AccountId, field: SubjectField, values: readonly string[]): Promise<number[]>;

  group(account: AccountId, id: string): Promise<Group | undefined>;
  groups(account: AccountId, page: PageRequest): Promise<Page<Group>>;
  groupsOfSubject(account: AccountId, subjectId: string, page: PageRequest): Promise<Page<Group>>;
  /** Numbers of the groups among `ids` that exist. */
  groupNumbers(account: AccountId, ids: readonly string[]): Promise<number[]>;

  reference(account: AccountId, id: string): Promise<StoredReference | undefined>;
  references(account: AccountId, subjectId: string, page: PageRequest): Promise<Page<Reference>>;

  /** Templates that one pack has made of whom `subjectByExternalId` finds, all as they were at one moment. */
  sealedTemplates(account: AccountId, externalId: string, packId: string): Promise<SealedTemplate[]>;

  /**
   * The answer remembered under an idempotency key.
   *
   * @throws FaceError `idempotency-conflict` when the key was used for another request.
   */
  rememberedAnswer(account: AccountId, key: IdempotencyKey): Promise<unknown>;

  /** Subjects and references behind a search's candidates, as they are now; what no longer exists or has expired is left out. */
  candidates(account: AccountId, referenceNumbers: readonly number[]): Promise<CandidateRecord[]>;

  /** Subjects whose time had come by `now`, the earliest first. */
  expired(now: Date, limit: number): Promise<{ readonly account: AccountId; readonly id: string }[]>;
  /** Pictures that no record names any more and whose erasure was not yet confirmed. */
  unerasedBlobs(limit: number): Promise<string[]>;
  confirmErasure(blobIds: readonly string[]): Promise<void>;
  /** Forgets answers to idempotency keys given before a moment. */
  forgetAnswers(before: Date): Promise<void>;
  /** Those of `blobIds` that some record names. */
  knownBlobs(blobIds: readonly string[]): Promise<Set<string>>;

  /** Data keys of all accounts' subjects behind a subject number (0: from the first), by ascending number. */
  sealedDataKeys(after: number, limit: number): Promise<SealedDataKey[]>;
  /** Ids of the master keys that were retired. */
  retiredMasterKeys(): Promise<Uint8Array[]>;
}

/** What a search may filter by. */
export type SubjectField = 'name' | 'externalId';

export interface RecordsTransaction {
  /** Waits until no other transaction of any node holds this name, and holds it to the end. */
  hold(name: string): Promise<void>;
  /**
   * Makes this transaction the one effect of an idempotency key. Waits for another transaction that is using the key.
   *
   * @returns the answer remembered under the key, when there is one: then nothing more is to be done.
   * @throws FaceError `idempotency-conflict` when the key was used for another request.
   */
  claim(account: AccountId, key: IdempotencyKey): Promise<unknown>;
  /** Keeps what a later use of the key is to be told: plain JSON. */
  remember(account: AccountId, key: IdempotencyKey, answer: unknown): Promise<void>;

  /**
   * @returns in the order given.
   * @throws  FaceError `not-found` when a group does not exist, `unavailable` when a data key is sealed by a master key
   *          that was retired: whoever sealed it did not know of the new one yet.
   */
  insertSubjects(account: AccountId, subjects: readonly NewSubject[]): Promise<InsertedSubject[]>;
  /**
   * Ids of the subjects that the caller knows by this name, expired ones included. To the end of this transaction every
   * other one that asks for the same name waits: nobody makes one, or another one, meanwhile.
   */
  claimExternalId(account: AccountId, externalId: string): Promise<readonly string[]>;
  /** @returns false when there is no such subject. */
  updateSubject(account: AccountId, id: string, change: SubjectChange): Promise<boolean>;
  /**
   * Removes the subject with its references, memberships and data key.
   *
   * @returns names of the pictures to be erased; undefined when there is no such subject.
   */
  removeSubject(account: AccountId, id: string): Promise<readonly string[] | undefined>;
  /** @throws FaceError `not-found` when a subject has gone meanwhile. */
  insertReferences(references: readonly NewReference[]): Promise<void>;
  /** @returns names of the pictures to be erased; undefined when the subject has no such reference. */
  removeReference(account: AccountId, subjectId: string, id: string): Promise<readonly string[] | undefined>;

  insertGroup(account: AccountId, group: NewGroup): Promise<Group>;
  /** @returns false when there is no such group. */
  updateGroup(account: AccountId, id: string, change: GroupChange): Promise<boolean>;
  /** Its subjects stay. @returns false when there is no such group. */
  removeGroup(account: AccountId, id: string): Promise<boolean>;
  /** The group of this name, made if there is none. Concurrent callers get the same one. */
  ensureGroup(account: AccountId, group: NewGroup): Promise<Group>;
  /**
   * Adds and removes subjects. Adding a member or removing a stranger changes nothing.
   *
   * @throws FaceError `not-found` when the group or a subject to be added does not exist.
   */
  changeMembers(account: AccountId, groupId: string, change: MemberChange): Promise<void>;

  /** Leaves those whose subject has gone or whose data key is no longer `before`. @returns how many were replaced. */
  replaceSealedDataKeys(changes: readonly SealedDataKeyChange[]): Promise<number>;
  /**
   * From the end of this transaction on no subject is inserted whose data key begins with one of these ids, and no such
   * service key is kept. Waits until those that are being inserted are there or not.
   */
  retireMasterKeys(ids: readonly Uint8Array[]): Promise<void>;
}

export interface IdempotencyKey {
  /** As the caller gave it. */
  readonly key: string;
  /** Digest of the request it stands for. */
  readonly fingerprint: string;
}

export interface NewSubject {
  readonly id: string;
  readonly name: string;
  readonly externalId?: string;
  readonly metadata: Metadata;
  readonly groupIds: readonly string[];
  readonly expiresAt?: Date;
  readonly sealedDataKey: Uint8Array;
  readonly createdAt: Date;
}

export interface InsertedSubject {
  readonly subject: Subject;
  readonly subjectNumber: number;
}

/** Absent fields stay as they are. */
interface SubjectChange {
  readonly name?: string;
  readonly externalId?: string;
  readonly metadata?: Metadata;
  /** All groups the subject is to belong to. */
  readonly groupIds?: readonly string[];
}

export interface NewReference {
  readonly id: string;
  readonly subjectNumber: number;
  readonly contentType: string;
  readonly metadata: Metadata;
  readonly packId: string;
  readonly sealedTemplate: Uint8Array;
  /** Name of the sealed picture in the blob store; absent when only the template is kept. */
  readonly blobId?: string;
  readonly createdAt: Date;
}

export interface NewGroup {
  readonly id: string;
  readonly name: string;
  readonly metadata: Metadata;
}

type GroupChange = Pick<NewGroup, 'name' | 'metadata'>;

/** Ids of subjects. */
interface MemberChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface SubjectKey {
  readonly subjectNumber: number;
  readonly sealedDataKey: Uint8Array;
}

export interface SealedDataKey extends SubjectKey {
  readonly account: AccountId;
  readonly subjectId: string;
}

interface SealedDataKeyChange {
  readonly subjectNumber: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export interface StoredReference extends Reference {
  readonly sealedDataKey: Uint8Array;
  readonly blobId?: string;
}

export interface CandidateRecord {
  readonly referenceNumber: number;
  readonly reference: Reference;
  readonly subject: Subject;
}
