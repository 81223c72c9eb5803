import type { CaseName } from '../../ports/case-records.ts';
import type { SealContext } from '../../ports/keys.ts';

/** What a case's data key is sealed as. */
export const caseKeyContext = ({ space, reference }: CaseName): SealContext => ({
  account: space,
  id: reference,
  kind: 'case-key',
});
