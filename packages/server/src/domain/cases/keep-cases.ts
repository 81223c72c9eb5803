import type { Audit } from '../audit/audit.ts';
import { createScribe } from '../audit/scribe.ts';
import { FaceError } from '../errors.ts';
import { inRounds } from '../rounds.ts';
import { eraseCase } from './erase-case.ts';
import type { CaseParts } from './parts.ts';
import { SCRATCH_MS } from './policy.ts';

const ROUND_MS = 60_000;
const DAY_MS = 86_400_000;
const BATCH = 500;

export interface CaseKeeping
  extends Pick<CaseParts, 'cases' | 'blobs' | 'records' | 'running' | 'catchUp' | 'clock' | 'scratch'> {
  readonly audit: Audit;
  /** For which cases are kept. */
  readonly days: number;
  /** For which files of requests may be in use after they were written, ms. */
  readonly requestMsMax: number;
  /** Told what went wrong; the next round tries again. */
  readonly onFailure: (error: unknown) => void;
}

/** Erases cases whose time has come, for as long as it runs. @returns ends it, after the round that runs. */
export function keepCases(parts: CaseKeeping): () => Promise<void> {
  const tidy = async (): Promise<void> => {
    await sweepScratch(parts);
    await eraseOldCases(parts);
  };
  return inRounds(tidy, { everyMs: ROUND_MS, onFailure: parts.onFailure });
}

/** Files of processes that died: whoever lives has given its work up by then, or answered its request. */
export const sweepScratch = ({
  scratch,
  clock,
  requestMsMax,
}: Pick<CaseKeeping, 'scratch' | 'clock' | 'requestMsMax'>): Promise<void> =>
  scratch.sweep(new Date(clock.now().getTime() - Math.max(SCRATCH_MS, requestMsMax)));

/** Erases the cases of more than `days` ago, but for those of which somebody is enrolled. */
export async function eraseOldCases(parts: Omit<CaseKeeping, 'onFailure' | 'requestMsMax'>): Promise<void> {
  const { cases, audit, clock, days } = parts;
  const horizon = new Date(clock.now().getTime() - days * DAY_MS);
  for (;;) {
    const due = await cases.createdBefore(horizon, BATCH);
    for (const name of due) {
      const deed = { action: 'case.erase', details: { reference: name.reference } };
      const caller = { account: name.space, actor: 'housekeeping' };
      await createScribe(audit, () => caller)
        .doing(
          () => eraseCase(parts, name, 'kept as long as cases are kept'),
          () => ({ ...deed, outcome: 'expired' }),
          { ...deed, outcome: 'failed' },
        )
        .catch(passOverErased);
    }
    if (due.length < BATCH) return;
  }
}

/** Another node, or its owner, was faster. */
function passOverErased(error: unknown): void {
  if (!(error instanceof FaceError && error.code === 'not-found')) throw error;
}
