import type { Template } from '@facegate/engine/vocabulary';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Records } from '../../ports/records.ts';
import { acquire } from '../acquisition/acquire.ts';
import { templateOf } from '../enrolment/add-reference.ts';
import type { AccountId } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import type {
  ExaminationRequest,
  Examined,
  SubjectVerification,
  SubjectVerificationInput,
  Unused,
} from '../examination/examination.ts';
import { examine } from '../examination/examine.ts';
import { createOpenTemplate } from '../identification/open-template.ts';
import type { Limits } from '../limits/limits.ts';
import { decide } from './decide.ts';

interface VerificationParts {
  readonly processor: FaceProcessor;
  readonly records: Records;
  readonly keys: Keys;
  readonly limits: Pick<Limits, 'beginAttempt' | 'endAttempt'>;
}

interface SubjectClaim {
  readonly account: AccountId;
  readonly input: SubjectVerificationInput;
  readonly signal: AbortSignal | undefined;
}

/** Whether the face of a picture is the subject's that it is claimed to be. */
export async function verifySubject(
  parts: VerificationParts,
  { account, input: { examination, externalId, falseMatchRateMax }, signal }: SubjectClaim,
): Promise<SubjectVerification> {
  const subject = await parts.records.subjectByExternalId(account, externalId);
  if (subject === undefined) return claimOfNobody(parts, examination, signal);
  const examined = await examine(parts.processor, { ...examination, template: true }, signal);
  if (examined.outcome === 'failure-to-acquire') return examined;
  const attempt = {
    space: account,
    subjectId: subject.id,
    isLivenessChecked: examination.checks.includes('presentation-attack'),
  };
  if (examined.failed.length > 0) {
    if (isNoticedAttack(examined)) await countFailure(parts, attempt);
    return { outcome: 'refused', examined, subjectId: subject.id };
  }
  const references = await referencesOf(parts, account, externalId);
  await parts.limits.beginAttempt(attempt);
  const probe = templateOf(examined.face);
  const verdict = decide(parts.processor.calibration, { probe, references, falseMatchRateMax });
  await parts.limits.endAttempt(attempt, verdict.outcome === 'match' ? 'success' : 'failure');
  return { ...verdict, examined, subjectId: subject.id };
}

/**
 * What is wrong with the picture itself is told before that the claim names nobody; no more is computed than that takes.
 *
 * @throws FaceError `not-found` when the picture can be read.
 */
async function claimOfNobody(
  { processor }: VerificationParts,
  { image }: ExaminationRequest,
  signal?: AbortSignal,
): Promise<Extract<Unused, { outcome: 'failure-to-acquire' }>> {
  const acquired = await acquire(processor, { image, request: { faces: 'central' } }, signal);
  if (acquired.outcome === 'acquired' || acquired.reason === 'no-face') throw errors.notFound('person');
  return acquired;
}

/** An attack that was noticed is an attempt that failed; a poor picture is none. */
const isNoticedAttack = ({ failed, presentationAttack }: Examined): boolean =>
  failed.includes('presentation-attack') && presentationAttack?.outcome === 'attack';

async function countFailure(
  { limits }: VerificationParts,
  attempt: Parameters<Limits['beginAttempt']>[0],
): Promise<void> {
  await limits.beginAttempt(attempt);
  await limits.endAttempt(attempt, 'failure');
}

/**
 * Looked up by the caller's name, since the subject may have been enrolled again meanwhile.
 *
 * @throws FaceError `not-found` when it has gone.
 */
async function referencesOf(
  { records, keys, processor }: VerificationParts,
  account: AccountId,
  externalId: string,
): Promise<Template[]> {
  const { packId } = processor.pack;
  const sealed = await records.sealedTemplates(account, externalId, packId);
  if (sealed.length === 0) throw errors.notFound('person');
  const open = createOpenTemplate(keys);
  return sealed.map((template) => ({ packId, values: open(template) }));
}
