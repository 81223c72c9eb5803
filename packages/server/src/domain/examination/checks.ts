import type { Check, Findings } from './examination.ts';

/** What was not told fails nothing, except that somebody undetermined is not known to be there. */
const FAILS: { readonly [Name in Check]: (findings: Findings) => boolean } = {
  'presentation-attack': ({ presentationAttack }) => presentationAttack?.outcome !== 'bona-fide',
  /** Hats and veils may leave the face free. */
  coverings: ({ coverings }) => coverings?.darkGlasses === true || coverings?.mask === true,
  capture: ({ capture }) =>
    capture?.blurred?.isPresent === true || capture?.dark?.isPresent === true || capture?.isGrey === true,
  'single-face': ({ faceCount }) => faceCount > 1,
};

/** Those of `checks` that a picture does not pass, in their order. */
export const failedChecks = (findings: Findings, checks: readonly Check[]): Check[] =>
  checks.filter((check) => FAILS[check](findings));
