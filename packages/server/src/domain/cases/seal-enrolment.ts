import type { AnalysedFace } from '@facegate/engine/vocabulary';
import type { CaseEnrolment, ClaimedCase } from '../../ports/case-records.ts';
import { sealReference, templateOf } from '../enrolment/add-reference.ts';
import { newSubject } from '../enrolment/create-subject.ts';
import type { EnrolmentParts } from '../enrolment/parts.ts';
import { enrolledBy } from './enroller.ts';

/**
 * The faces of a case as a subject of its own, with a key of its own, so that it can be erased with the case and nobody
 * else. Templates alone are kept: the case has the picture.
 */
export async function sealEnrolment(
  parts: EnrolmentParts,
  { space, reference, clientReference, enrol }: ClaimedCase,
  faces: readonly AnalysedFace[],
): Promise<CaseEnrolment> {
  const { fields, dataKey } = newSubject(parts, {
    account: space,
    request: {
      name: '',
      ...(clientReference !== undefined && { externalId: clientReference }),
      metadata: enrolledBy(reference),
      groupIds: [],
    },
  });
  const sealing = { account: space, subjectId: fields.id, dataKey, metadata: {} };
  const sealed = await Promise.all(
    faces.map((face) => sealReference(parts, { ...sealing, template: templateOf(face) })),
  );
  return {
    subject: fields,
    references: sealed.map((one) => one.fields),
    replacesLatest: enrol === 'replace-latest',
  };
}
