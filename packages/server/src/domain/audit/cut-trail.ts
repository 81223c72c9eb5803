import type { AuditLog } from '../../ports/audit-log.ts';
import { errors } from '../errors.ts';
import type { Chain, Place } from './chain.ts';
import { faultOf } from './verify-trail.ts';

/** Lines of one cut. */
const BATCH = 1000;

export interface Cutting {
  readonly log: AuditLog;
  readonly chain: Chain;
}

/**
 * Removes lines from the front as long as they are older than `before`, and leaves a sealed mark in their place. Lines
 * are verified before they go, so that age does not hide what was done to them.
 *
 * @returns how many were removed.
 * @throws  FaceError `internal` at a line that was tampered with: it stays, with all behind it. `unavailable`.
 */
export async function cutTrail(cutting: Cutting, before: Date): Promise<number> {
  for (let removed = 0; ; ) {
    const count = await cutBatch(cutting, before);
    removed += count;
    if (count < BATCH) return removed;
  }
}

async function cutBatch({ log, chain }: Cutting, before: Date): Promise<number> {
  const old = await log.inspect(async ({ trail, lines }) => {
    if (trail === undefined) throw errors.internal('the audit trail has gone from the database');
    if (!chain.isSealed('cut', trail.cut)) throw errors.internal('the cut of the audit trail was altered');
    const page = await lines(Number.MIN_SAFE_INTEGER, BATCH);
    let last: Place = trail.cut;
    for (const line of page) {
      if (line.at >= before) break;
      const fault = faultOf(chain, last, line);
      if (fault !== undefined)
        throw errors.internal(`the audit trail was tampered with at line ${line.number}`);
      last = line;
    }
    return { cut: trail.cut, last };
  });
  const count = old.last.number - old.cut.number;
  if (count === 0) return 0;
  return (await log.cut(old.cut, chain.mark('cut', old.last))) ? count : 0;
}
