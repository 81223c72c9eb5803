import type { Blobs } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Records } from '../../ports/records.ts';

/** What keeping people takes. */
export interface EnrolmentParts {
  readonly records: Records;
  readonly blobs: Blobs;
  readonly keys: Keys;
  readonly processor: FaceProcessor;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Resolves when every search that begins afterwards sees what is committed by now. */
  readonly catchUp: () => Promise<void>;
}
