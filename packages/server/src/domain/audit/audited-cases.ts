import type { Cases } from '../cases/cases.ts';
import type { Scribe } from './scribe.ts';

/** The same use cases; what is submitted and erased is recorded before it is answered. Decisions are noted where they are made. */
export const auditedCases = (cases: Cases, scribe: Scribe): Cases => ({
  ...cases,
  submit: (space, submission) => {
    const deed = { account: space, action: 'case.submit' };
    const { kind, enrol } = submission;
    const asked = { kind, ...(enrol && { enrol }) };
    return scribe.doing(
      () => cases.submit(space, submission),
      ({ reference }) => ({ ...deed, outcome: 'done', details: { reference, ...asked } }),
      { ...deed, outcome: 'failed', details: asked },
    );
  },
  erase: (space, reference, comment) => {
    const deed = { account: space, action: 'case.erase', details: { reference } };
    return scribe.doing(
      () => cases.erase(space, reference, comment),
      () => ({ ...deed, outcome: 'done' }),
      { ...deed, outcome: 'failed' },
    );
  },
});
