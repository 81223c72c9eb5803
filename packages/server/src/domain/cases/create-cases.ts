import type { Cases } from './cases.ts';
import { eraseCase } from './erase-case.ts';
import { findCase, settledCase } from './find-case.ts';
import { linkTo, openLink } from './links.ts';
import type { CaseParts } from './parts.ts';
import { submitCase } from './submit-case.ts';

/** The use cases of submissions that are examined later, bound to what they need. */
export const createCases = (parts: CaseParts): Cases => ({
  submit: (space, submission) => submitCase(parts, space, submission),
  find: (space, reference) => findCase(parts, { space, reference }),
  settled: (space, reference, signal) => settledCase(parts, { space, reference }, signal),
  erase: (space, reference, comment) => eraseCase(parts, { space, reference }, comment),
  linkTo: (space, reference, proof) => linkTo(parts, { space, reference }, proof),
  openLink: (link) => openLink(parts, link),
});
