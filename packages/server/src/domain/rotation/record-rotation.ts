import type { AuditLog } from '../../ports/audit-log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Keys } from '../../ports/keys.ts';
import { ALL_ACCOUNTS } from '../audit/audit.ts';
import { openTrail } from '../audit/open-trail.ts';
import { TrailWriter } from '../audit/trail-writer.ts';
import type { Rotation } from './rotate-master-key.ts';

export interface RecordingParts {
  readonly auditLog: AuditLog;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Writes into the audit trail that the operator replaced the master key. @throws FaceError */
export async function recordRotation(
  { auditLog: log, keys, clock, ids }: RecordingParts,
  { resealed, unopened }: Rotation,
): Promise<void> {
  const chain = await openTrail({ log, keys, ids });
  const entry = {
    account: ALL_ACCOUNTS,
    actor: 'operator',
    action: 'master-key.rotate',
    subjects: [],
    outcome: unopened.length === 0 ? 'done' : 'unfinished',
    details: { resealed, unopened: unopened.length },
  };
  const watch = { onRolledBack: () => {}, onAnchor: () => {} };
  await new TrailWriter({ log, chain, clock }, watch).write([{ entry, at: clock.now() }]);
}
