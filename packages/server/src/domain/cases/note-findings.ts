import type { CaseName } from '../../ports/case-records.ts';
import type { Audit, AuditEntry } from '../audit/audit.ts';
import type { CaseDecision } from './case.ts';

/** Writes down whom a decision found and whom it enrolled. */
export function noteFindings(audit: Audit, { space, reference }: CaseName, decision: CaseDecision): void {
  const by = { account: space, actor: 'server', details: { reference } };
  for (const finding of findingsOf(decision)) audit.note({ ...by, ...finding });
}

type Finding = Pick<AuditEntry, 'action' | 'subjects' | 'outcome'>;

function findingsOf(decision: CaseDecision): Finding[] {
  const { enrolledSubjectId: enrolled } = decision;
  return [
    ...(decision.kind === 'identification' && decision.isAccepted ? [searchOf(decision.candidate)] : []),
    ...(enrolled === undefined ? [] : [{ action: 'subject.enrol', subjects: [enrolled], outcome: 'done' }]),
  ];
}

const searchOf = (candidate: { readonly subjectId: string } | undefined): Finding => ({
  action: 'face.search',
  subjects: candidate === undefined ? [] : [candidate.subjectId],
  outcome: candidate === undefined ? 'no-candidate' : 'candidates',
});
