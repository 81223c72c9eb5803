import type { Resize, Template } from '@facegate/engine/vocabulary';
import type { AcquisitionFailure, EncodedImage } from '../acquisition/acquire.ts';
import type { Picture } from '../acquisition/acquire-picture.ts';
import type { AccountId, Group, Metadata, Page, PageRequest, Reference, Subject } from './records.ts';

/**
 * Subjects, their groups and their references.
 *
 * What is answered is on disk. Ids that name nothing, or another account's, are `not-found`. Every operation may throw
 * FaceError `unavailable`.
 */
export interface Enrolment {
  /** @throws FaceError `not-found` for a group, `idempotency-conflict`. */
  createSubject(
    account: AccountId,
    request: SubjectRequest,
    idempotency?: IdempotencyRequest,
  ): Promise<Subject>;
  /**
   * Enrols many people whose templates were computed by the pack in use: all of them or nobody. No picture is kept.
   *
   * @throws FaceError `not-found` for a group, `invalid-request` for a template of another pack.
   */
  enrolTemplates(account: AccountId, enrolments: readonly TemplateEnrolment[]): Promise<Subject[]>;
  subject(account: AccountId, id: string): Promise<Subject>;
  updateSubject(account: AccountId, id: string, change: SubjectUpdate): Promise<void>;
  /** Erases the subject's record, references, templates, pictures and key; gone from every later search. */
  removeSubject(account: AccountId, id: string): Promise<void>;
  /** The same of whom the caller knows by this name. */
  removeByExternalId(account: AccountId, externalId: string): Promise<readonly string[]>;
  groupsOfSubject(account: AccountId, id: string, page: PageRequest): Promise<Page<Group>>;

  /**
   * Enrols the central face of a picture.
   *
   * @throws FaceError `not-found`, `idempotency-conflict`, and what acquiring a picture throws.
   */
  addReference(
    account: AccountId,
    subjectId: string,
    request: ReferenceRequest,
    idempotency?: IdempotencyRequest,
    signal?: AbortSignal,
  ): Promise<ReferenceOutcome>;
  /** Whoever's it is. */
  reference(account: AccountId, id: string): Promise<Reference>;
  references(account: AccountId, subjectId: string, page: PageRequest): Promise<Page<Reference>>;
  /** The picture as it was enrolled. */
  referencePicture(account: AccountId, subjectId: string, id: string): Promise<Picture>;
  removeReference(account: AccountId, subjectId: string, id: string): Promise<void>;

  createGroup(account: AccountId, request: GroupRequest, idempotency?: IdempotencyRequest): Promise<Group>;
  group(account: AccountId, id: string): Promise<Group>;
  groups(account: AccountId, page: PageRequest): Promise<Page<Group>>;
  updateGroup(account: AccountId, id: string, change: GroupRequest): Promise<void>;
  /** Its subjects stay. */
  removeGroup(account: AccountId, id: string): Promise<void>;
  subjectsOfGroup(account: AccountId, id: string, page: PageRequest): Promise<Page<Subject>>;
  /** @throws FaceError `not-found` for the group or a subject to be added; then nothing is changed. */
  changeMembers(account: AccountId, groupId: string, change: MembersChange): Promise<void>;
}

/** A caller's promise that a request with the same key is the same request. */
export interface IdempotencyRequest {
  readonly key: string;
  /** Digest of all that makes the request. */
  readonly fingerprint: string;
}

export interface SubjectRequest {
  readonly name: string;
  readonly externalId?: string;
  readonly metadata: Metadata;
  readonly groupIds: readonly string[];
  /** Name of the group it joins when `groupIds` is empty; the group is made when it does not exist. */
  readonly fallbackGroup?: string;
  /** Seconds until it is erased. Minimum: 0. @default never */
  readonly lifetimeSeconds?: number;
}

/** Somebody whose template was computed elsewhere. */
export interface TemplateEnrolment extends Omit<SubjectRequest, 'fallbackGroup'> {
  readonly template: Template;
}

/** Absent fields stay as they are. */
export type SubjectUpdate = Partial<Pick<SubjectRequest, 'name' | 'externalId' | 'metadata' | 'groupIds'>>;

interface GroupRequest {
  readonly name: string;
  readonly metadata: Metadata;
}

interface MembersChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface ReferenceRequest {
  readonly image: EncodedImage;
  /** The picture is first made this small and compressed anew; template and kept picture are of the result. */
  readonly resize?: Resize;
  readonly metadata: Metadata;
}

export type ReferenceOutcome =
  | { readonly outcome: 'enrolled'; readonly reference: Reference }
  | { readonly outcome: 'failure-to-acquire'; readonly reason: AcquisitionFailure };
