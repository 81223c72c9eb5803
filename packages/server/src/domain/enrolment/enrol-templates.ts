import { errors } from '../errors.ts';
import { sealReference } from './add-reference.ts';
import { newSubject } from './create-subject.ts';
import type { TemplateEnrolment } from './enrolment.ts';
import type { EnrolmentParts } from './parts.ts';
import type { AccountId, Subject } from './records.ts';

/**
 * Enrols many people in one transaction: all of them or nobody. Only templates are kept, no pictures.
 *
 * @throws FaceError `not-found` for a group, `invalid-request` for a template of another pack, `unavailable`.
 * @cost   about 0.2 ms each, from some hundreds at a time on.
 */
export async function enrolTemplates(
  parts: EnrolmentParts,
  account: AccountId,
  enrolments: readonly TemplateEnrolment[],
): Promise<Subject[]> {
  const { packId } = parts.processor.pack;
  if (enrolments.some(({ template }) => template.packId !== packId)) {
    throw errors.invalidRequest(`Templates must be made by ${packId}.`);
  }
  const people = enrolments.map((request) => ({
    ...newSubject(parts, { account, request }),
    template: request.template,
  }));
  const subjects = await parts.records.transaction(async (transaction) => {
    const inserted = await transaction.insertSubjects(
      account,
      people.map(({ fields }) => fields),
    );
    const references = await Promise.all(
      people.map(({ fields, dataKey, template }) =>
        sealReference(parts, { account, subjectId: fields.id, dataKey, template, metadata: {} }),
      ),
    );
    await transaction.insertReferences(
      references.map(({ fields }, i) => ({ ...fields, subjectNumber: inserted[i]?.subjectNumber ?? 0 })),
    );
    return inserted.map(({ subject }) => subject);
  });
  await parts.catchUp();
  return subjects;
}
