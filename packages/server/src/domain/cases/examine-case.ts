import { randomBytes } from 'node:crypto';
import type { CaseEnrolment, CaseProof, ClaimedCase } from '../../ports/case-records.ts';
import { erase } from '../enrolment/remove.ts';
import { errors } from '../errors.ts';
import type { CaseDecision } from './case.ts';
import { contentOf, type OpenCase, openCaseKey, openMedium, sealDecision, sealMedium } from './case-seals.ts';
import { decideCase } from './decide-case.ts';
import type { Decided, Opened } from './decided.ts';
import type { ShownMedium } from './look.ts';
import type { CaseParts } from './parts.ts';
import { sealEnrolment } from './seal-enrolment.ts';

const PROOF_ID_BYTES = 12;

/**
 * Opens a claimed case, decides it, and keeps decision and proofs in the place of its media, and with them whom it is to
 * enrol.
 *
 * @returns undefined when the case was deleted, or claimed by another, meanwhile: nothing is kept then.
 * @throws  FaceError as `decideCase`.
 */
export async function examineCase(
  parts: CaseParts,
  claimed: ClaimedCase,
  signal: AbortSignal,
): Promise<CaseDecision | undefined> {
  const { space, reference, lease } = claimed;
  const open: OpenCase = { name: { space, reference }, dataKey: openCaseKey(parts.keys, claimed) };
  const decided = await decideCase(parts, await opened(parts, open, claimed), signal);
  const proofs = await Promise.all(
    decided.shown.map((medium) => keepProof(parts, open, { claimed, medium })),
  );
  const enrolment = await enrolmentOf(parts, claimed, decided);
  const decision = { ...decided.decision, ...(enrolment && { enrolledSubjectId: enrolment.subject.id }) };
  const sealedDecision = sealDecision(parts.keys, open, decision);
  const isKept = await parts.cases.complete(lease, {
    isAccepted: decision.isAccepted,
    sealedDecision,
    proofs,
    ...(enrolment && { enrolment }),
  });
  if (!isKept) await erase(parts, newBlobs(proofs, claimed));
  if (isKept && enrolment) await parts.catchUp();
  return isKept ? decision : undefined;
}

/** Whoever is not accepted is not enrolled. */
const enrolmentOf = async (
  parts: CaseParts,
  claimed: ClaimedCase,
  { decision, faces }: Decided,
): Promise<CaseEnrolment | undefined> =>
  claimed.enrol !== undefined && decision.isAccepted ? sealEnrolment(parts, claimed, faces) : undefined;

/** Pictures are opened in memory, a clip while it is read. */
async function opened(
  parts: CaseParts,
  open: OpenCase,
  { space, kind, enrol, media }: ClaimedCase,
): Promise<Opened> {
  const clip = media.find(({ name }) => name === 'video');
  const pictures = media.filter((medium) => medium !== clip);
  return {
    space,
    kind,
    ...(enrol && { enrol }),
    media: await Promise.all(pictures.map(async (picture) => there(await openMedium(parts, open, picture)))),
    ...(clip && { clip: there(await contentOf(parts, open, clip)) }),
  };
}

function there<T>(medium: T | undefined): T {
  if (medium === undefined) throw errors.internal('a medium of a case is gone');
  return medium;
}

interface Keeping {
  readonly claimed: ClaimedCase;
  readonly medium: ShownMedium;
}

/** What is shown as it came is not sealed twice. */
async function keepProof(parts: CaseParts, open: OpenCase, { claimed, medium }: Keeping): Promise<CaseProof> {
  const { name, contentType, bytes } = medium;
  const kept =
    bytes === undefined
      ? there(claimed.media.find((one) => one.name === name))
      : await sealMedium(parts, open, { name, contentType, content: [bytes] });
  return { ...kept, id: randomBytes(PROOF_ID_BYTES).toString('hex') };
}

/** The others are named by whoever has the case now. */
const newBlobs = (proofs: readonly CaseProof[], { media }: ClaimedCase): string[] =>
  proofs.map(({ blobId }) => blobId).filter((id) => media.every(({ blobId }) => blobId !== id));
