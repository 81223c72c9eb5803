import type { Blobs } from '../../ports/blobs.ts';
import type { CaseRecords } from '../../ports/case-records.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import type { DataKey, Keys } from '../../ports/keys.ts';
import type { Records } from '../../ports/records.ts';
import type { Scratch } from '../../ports/scratch.ts';
import type { Bell } from './bell.ts';
import type { CasePolicy } from './policy.ts';
import type { RunningCases } from './running-cases.ts';

/** What cases take. */
export interface CaseParts {
  readonly cases: CaseRecords;
  readonly records: Pick<Records, 'confirmErasure'>;
  readonly blobs: Blobs;
  readonly keys: Keys;
  readonly scratch: Scratch;
  readonly processor: FaceProcessor;
  readonly clock: Clock;
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
