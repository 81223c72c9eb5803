import type { ChangeLog } from '../../ports/change-log.ts';
import type { Audit } from '../audit/audit.ts';
import { createScribe } from '../audit/scribe.ts';
import { inRounds } from '../rounds.ts';
import type { EnrolmentParts } from './parts.ts';
import type { AccountId } from './records.ts';
import { erase, removeSubject } from './remove.ts';

/** How often subjects whose time has come are looked for, as the vendors' own housekeepers do. */
const ROUND_MS = 10_000;
/** How often leftovers are looked for. */
const SWEEP_MS = 3_600_000;
/** Of the change log and of answers to idempotency keys. */
const MEMORY_MS = 86_400_000;
/** A picture without a record that is younger may still get one. */
const ORPHAN_AGE_MS = 3_600_000;
const BATCH = 500;

/** What erasing those whose time has come takes. */
export interface Expiry extends EnrolmentParts {
  readonly audit: Audit;
}

export interface Housekeeping extends Expiry {
  readonly changeLog: ChangeLog;
  /** Removes lines of the audit trail whose time has come. */
  readonly trimTrail: (now: Date) => Promise<void>;
  /** Told what went wrong; the next round tries again. */
  readonly onFailure: (error: unknown) => void;
}

/** Erases what is to be erased, for as long as it runs. @returns ends it, after the round that runs. */
export function keepHouse(parts: Housekeeping): () => Promise<void> {
  let sweptAt = Number.NEGATIVE_INFINITY;
  const tidy = async (): Promise<void> => {
    await eraseExpired(parts);
    await eraseForgotten(parts);
    const now = parts.clock.now().getTime();
    if (now - sweptAt < SWEEP_MS) return;
    await sweep(parts, now);
    sweptAt = now;
  };
  return inRounds(tidy, { everyMs: ROUND_MS, onFailure: parts.onFailure });
}

/** Erases the subjects whose time has come. */
export async function eraseExpired(parts: Expiry): Promise<void> {
  for (;;) {
    const due = await parts.records.expired(parts.clock.now(), BATCH);
    for (const { account, id } of due) {
      // Another node may have been faster.
      await expire(parts, account, id).catch((error: { code?: string }) => {
        if (error.code !== 'not-found') throw error;
      });
    }
    if (due.length < BATCH) return;
  }
}

function expire(parts: Expiry, account: AccountId, id: string): Promise<void> {
  const deed = { action: 'subject.erase', subjects: [id] };
  return createScribe(parts.audit, () => ({ account, actor: 'housekeeping' })).doing(
    () => removeSubject(parts, account, id),
    () => ({ ...deed, outcome: 'expired' }),
    { ...deed, outcome: 'failed' },
  );
}

/** Pictures whose erasure failed or was cut short. */
async function eraseForgotten(parts: EnrolmentParts): Promise<void> {
  await erase(parts, await parts.records.unerasedBlobs(BATCH));
}

async function sweep(parts: Housekeeping, now: number): Promise<void> {
  const horizon = new Date(now - MEMORY_MS);
  await parts.changeLog.trim(horizon);
  await parts.records.forgetAnswers(horizon);
  await eraseOrphans(parts, new Date(now - ORPHAN_AGE_MS));
  await parts.trimTrail(new Date(now));
}

/** Pictures that were put down for a record that never came to be. */
export async function eraseOrphans({ blobs, records }: EnrolmentParts, before: Date): Promise<void> {
  let batch: string[] = [];
  const settle = async (): Promise<void> => {
    const known = await records.knownBlobs(batch);
    for (const id of batch) if (!known.has(id)) await blobs.remove(id);
    batch = [];
  };
  for await (const id of blobs.putBefore(before)) {
    batch.push(id);
    if (batch.length >= BATCH) await settle();
  }
  if (batch.length > 0) await settle();
}
