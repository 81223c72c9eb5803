import type { Principal } from '../../../domain/accounts/account.ts';
import type { Submission } from '../../../domain/cases/cases.ts';
import { requireScope } from '../../../http/admission.ts';

interface Wishing {
  readonly isWished: boolean | undefined;
  readonly client_reference: string | undefined;
  /** Whether the latest under this name goes. */
  readonly allow_override?: boolean | undefined;
}

/** Whether to enrol, and under which name. */
export const toEnrolment = ({
  isWished,
  client_reference: clientReference,
  allow_override: isOverride,
}: Wishing): Pick<Submission, 'clientReference' | 'enrol'> => ({
  ...(clientReference !== undefined && { clientReference }),
  ...(isWished && { enrol: isOverride ? 'replace-latest' : 'add' }),
});

/** @throws FaceError `forbidden` when the credentials do not allow the enrolment that is asked for. */
export function requireEnrolScope(principal: Principal, { enrol }: Pick<Submission, 'enrol'>): void {
  if (enrol !== undefined) requireScope(principal, 'enrol');
}
