import { randomInt } from 'node:crypto';
import type { CaseName, NewCase } from '../../ports/case-records.ts';
import type { AccountId } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import type { Case, ProofName } from './case.ts';
import { caseKeyContext } from './case-key.ts';
import { type OpenCase, sealMedium, type UnsealedMedium } from './case-seals.ts';
import type { Media, Submission } from './cases.ts';
import { asOwnerSees } from './find-case.ts';
import { mediaTypeOf } from './media-type.ts';
import { namedMedia } from './named-media.ts';
import type { CaseLimits, CaseParts } from './parts.ts';
import { CLIP_BYTES_MAX } from './policy.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** 36^15 is above 2^77. */
const REFERENCE_LENGTH = 15;

/**
 * Keeps what is submitted, sealed, and queues it. On disk when resolved.
 *
 * @throws FaceError `image-empty`, `unsupported-media`, `payload-too-large`, `image-unreadable`, `too-many-images`,
 *   `invalid-request`, `video-unsupported`, with nothing kept.
 */
export async function submitCase(parts: CaseParts, space: AccountId, submission: Submission): Promise<Case> {
  refuseImpossibleWish(submission);
  const media = mediaOf(submission, parts.limits);
  await Promise.all(media.map(({ medium }) => refuseUnreadable(parts, medium)));
  const name = { space, reference: drawReference() };
  const dataKey = parts.keys.createDataKey();
  const sealed = await Promise.all(media.map((one) => sealMedium(parts, { name, dataKey }, unsealed(one))));
  const submitted = newCase(parts, { name, dataKey }, { submission, media: sealed });
  if (!(await parts.cases.insert(submitted))) throw errors.internal('a reference was drawn twice');
  return asOwnerSees(parts.keys, { ...submitted, state: 'pending', proofs: [] });
}

/** A medium of an accepted type and size. */
interface AcceptedMedium {
  readonly name: ProofName;
  readonly contentType: string;
  readonly medium: Media;
}

const mediaOf = (submission: Submission, limits: CaseLimits): AcceptedMedium[] =>
  namedMedia(submission).map(([name, medium]) => accepted(name, medium, limits));

/** @throws FaceError `invalid-request` */
function refuseImpossibleWish({ kind, enrol, clientReference }: Submission): void {
  if (enrol === undefined ? kind === 'enrolment' : kind === 'injection') {
    throw errors.invalidRequest(`A case of ${kind} cannot be asked so.`);
  }
  if (enrol === 'replace-latest' && clientReference === undefined) {
    throw errors.invalidRequest('Whom to replace is told by the client reference.');
  }
}

function accepted(name: ProofName, medium: Media, limits: CaseLimits): AcceptedMedium {
  const contentType = mediaTypeOf(medium);
  const isClip = medium.type === 'video';
  if (isClip && !limits.acceptsClips) throw errors.videoUnsupported();
  const { length: sizeBytes } = medium.bytes ?? { length: medium.file.sizeBytes };
  if (sizeBytes > (isClip ? CLIP_BYTES_MAX : limits.imageBytesMax)) throw errors.payloadTooLarge();
  return { name, contentType, medium };
}

const unsealed = ({ name, contentType, medium }: AcceptedMedium): UnsealedMedium => ({
  name,
  contentType,
  content: medium.bytes === undefined ? medium.file.read() : [medium.bytes],
});

const drawReference = (): string =>
  Array.from({ length: REFERENCE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

function newCase(
  { keys, clock }: CaseParts,
  { name, dataKey }: OpenCase,
  { submission, media }: { readonly submission: Submission; readonly media: NewCase['media'] },
): NewCase & CaseName {
  const { kind, clientReference, enrol } = submission;
  return {
    ...name,
    kind,
    ...(clientReference !== undefined && { clientReference }),
    ...(enrol !== undefined && { enrol }),
    createdAt: clock.now(),
    sealedDataKey: keys.sealDataKey(dataKey, caseKeyContext(name)),
    media,
  };
}
