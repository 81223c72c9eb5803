import type { AnalysedFace } from '@facegate/engine/vocabulary';
import type { Content } from '../../ports/content.ts';
import type { AccountId } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import type { SearchParts } from '../identification/search-faces.ts';
import type { CaseDecision, CaseKind, EnrolmentWish, ProofName } from './case.ts';
import type { OpenMedium } from './case-seals.ts';
import type { Look, ShownMedium } from './look.ts';
import type { CaseParts } from './parts.ts';

/** A case as it was submitted, opened. */
export interface Opened {
  readonly space: AccountId;
  readonly kind: CaseKind;
  readonly media: readonly OpenMedium[];
  /** In the place of a picture. */
  readonly clip?: Content;
  readonly enrol?: EnrolmentWish;
}

/** What came of a case. */
export interface Decided {
  readonly decision: CaseDecision;
  /** What can be shown of it. */
  readonly shown: readonly ShownMedium[];
  /** Faces of the person submitted, with templates where they are to be enrolled. */
  readonly faces: readonly AnalysedFace[];
}

/** What deciding takes. */
export type DecidingParts = Pick<CaseParts, 'processor' | 'scratch' | 'policy'> & SearchParts;

/** @throws FaceError `internal` when the case has none of this name. */
export function mediumOf({ media }: Pick<Opened, 'media'>, name: ProofName): OpenMedium {
  const medium = media.find((one) => one.name === name);
  if (medium === undefined) throw errors.internal(`a case has no ${name}`);
  return medium;
}

export const shownOf = (seen: Look): readonly ShownMedium[] => (seen === 'unreadable' ? [] : seen.shown);

export const facesOf = (seen: Look): readonly AnalysedFace[] => (seen === 'unreadable' ? [] : seen.faces);
