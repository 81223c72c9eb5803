import type { AnalysedFace, Template } from '@facegate/engine/vocabulary';
import type { DataKey } from '../../ports/keys.ts';
import type { NewReference } from '../../ports/records.ts';
import { acquirePicture, type Picture } from '../acquisition/acquire-picture.ts';
import { errors } from '../errors.ts';
import { referenceAgain } from './answers.ts';
import type { IdempotencyRequest, ReferenceOutcome, ReferenceRequest } from './enrolment.ts';
import type { EnrolmentParts } from './parts.ts';
import type { AccountId, Metadata, Reference } from './records.ts';

interface AddingReference {
  readonly account: AccountId;
  readonly subjectId: string;
  readonly request: ReferenceRequest;
  readonly idempotency?: IdempotencyRequest | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Enrols the central face of a picture: computes, seals and keeps it, and makes it findable. */
export async function addReference(
  parts: EnrolmentParts,
  adding: AddingReference,
): Promise<ReferenceOutcome> {
  const { account, subjectId, request, idempotency, signal } = adding;
  const earlier = idempotency && (await parts.records.rememberedAnswer(account, idempotency));
  if (earlier !== undefined) return { outcome: 'enrolled', reference: referenceAgain(earlier) };
  const { dataKey, subjectNumber } = await openSubjectKey(parts, account, subjectId);
  const acquired = await acquireOne(parts, request, signal);
  if (acquired.outcome === 'failure-to-acquire') return acquired;
  const { picture, template } = acquired;
  const { metadata } = request;
  const sealed = await sealReference(parts, { account, subjectId, dataKey, picture, template, metadata });
  const reference = await parts.records.transaction(async (transaction) => {
    const answered = idempotency && (await transaction.claim(account, idempotency));
    if (answered !== undefined) return referenceAgain(answered);
    await transaction.insertReferences([{ ...sealed.fields, subjectNumber }]);
    if (idempotency) await transaction.remember(account, idempotency, sealed.reference);
    return sealed.reference;
  });
  await parts.catchUp();
  return { outcome: 'enrolled', reference };
}

async function openSubjectKey({ records, keys }: EnrolmentParts, account: AccountId, subjectId: string) {
  const key = await records.subjectKey(account, subjectId);
  if (key === undefined) throw errors.notFound('person');
  const context = { account, id: subjectId, kind: 'data-key' } as const;
  return { dataKey: keys.openDataKey(key.sealedDataKey, context), subjectNumber: key.subjectNumber };
}

async function acquireOne(
  { processor }: EnrolmentParts,
  { image, resize }: ReferenceRequest,
  signal?: AbortSignal,
) {
  const request = { faces: 'central', template: true, ...(resize && { resize }) } as const;
  const acquired = await acquirePicture(processor, { image, request }, signal);
  if (acquired.outcome === 'failure-to-acquire') return acquired;
  return { ...acquired, template: templateOf(acquired.faces[0]) };
}

/** @throws FaceError `internal` when the processor left out what was asked. */
export function templateOf(face: AnalysedFace | undefined): Template {
  if (face?.template === undefined) throw errors.internal('a face came without the template that was asked');
  return face.template;
}

interface Sealing {
  readonly account: AccountId;
  readonly subjectId: string;
  readonly dataKey: DataKey;
  /** Absent: only the template is kept. */
  readonly picture?: Picture;
  readonly template: Template;
  readonly metadata: Metadata;
}

interface SealedParts {
  readonly reference: Reference;
  readonly fields: Omit<NewReference, 'subjectNumber'>;
}

/** Media type of a reference that is a template alone. */
const NO_PICTURE = 'application/octet-stream';

/** The picture is on disk before any record names it; one that no record comes to name is swept away later. */
export async function sealReference(
  { keys, blobs, ids, clock }: EnrolmentParts,
  { account, subjectId, dataKey, picture, template, metadata }: Sealing,
): Promise<SealedParts> {
  const id = ids.nextOrdered();
  const createdAt = clock.now();
  const seal = (content: Uint8Array, kind: 'template' | 'image') =>
    keys.seal(dataKey, content, { account, id, kind });
  const blobId = picture && (await blobs.put(seal(picture.bytes, 'image')));
  const contentType = picture?.contentType ?? NO_PICTURE;
  return {
    reference: { id, subjectId, contentType, metadata, createdAt, updatedAt: createdAt },
    fields: {
      id,
      contentType,
      metadata,
      packId: template.packId,
      sealedTemplate: seal(bytesOfTemplate(template.values), 'template'),
      ...(blobId !== undefined && { blobId }),
      createdAt,
    },
  };
}

/** 32-bit floats in the byte order of the machine: little-endian on every one that Node runs on today. */
const bytesOfTemplate = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
