import { ALL_ACCOUNTS, type Audit } from './audit.ts';
import { type Cutting, cutTrail } from './cut-trail.ts';

const DAY_MS = 86_400_000;

export interface TrailKeeping extends Cutting {
  readonly audit: Audit;
  /** For which lines are kept. */
  readonly days: number;
  /** Told why lines that should have gone are still there. */
  readonly onFailure: (error: unknown) => void;
}

/** Removes the lines whose time has come, and writes down that it did. Never throws. */
export async function trimTrail(
  { audit, days, onFailure, ...cutting }: TrailKeeping,
  now: Date,
): Promise<void> {
  try {
    const lines = await cutTrail(cutting, new Date(now.getTime() - days * DAY_MS));
    if (lines === 0) return;
    const deed = { action: 'trail.cut', subjects: [], outcome: 'done', details: { lines } };
    audit.note({ account: ALL_ACCOUNTS, actor: 'housekeeping', ...deed });
  } catch (error) {
    onFailure(error);
  }
}
