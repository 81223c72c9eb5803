import type { CaseRecords } from '../../ports/case-records.ts';
import type { DataKey } from '../../ports/keys.ts';
import type { Scratch } from '../../ports/scratch.ts';
import type { Bell } from '../bell.ts';
import type { IdentificationParts } from '../identification/identify.ts';
import type { CasePolicy } from './policy.ts';
import type { RunningCases } from './running-cases.ts';

/** What cases take, beside what searching and enrolling takes. */
export interface CaseParts extends IdentificationParts {
  readonly cases: CaseRecords;
  readonly scratch: Scratch;
  /** Signs links. */
  readonly linkKey: DataKey;
  /** Rung when a case changed, by whichever node. */
  readonly bell: Bell;
  readonly running: RunningCases;
  readonly policy: CasePolicy;
  readonly limits: CaseLimits;
}

export interface CaseLimits {
  /** Of a picture. */
  readonly imageBytesMax: number;
  readonly linkSeconds: number;
  readonly acceptsClips: boolean;
}
