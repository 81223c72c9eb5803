import { inRounds, type Rounds } from '../rounds.ts';
import type { LimitsParts } from './create-limits.ts';

/** How long rows of callers who came once are kept beyond their minute. */
const ROUND_MS = 30_000;

/**
 * Of failures without a further attempt. Waiting for it gains nothing: with delays of at most half a day, more
 * attempts fit into a day of trying than into a day of waiting.
 */
const QUIET_SECONDS = 86_400;

export interface Forgetting extends Pick<LimitsParts, 'rates' | 'attempts'> {
  readonly onFailure: Rounds['onFailure'];
}

/** Forgets counts that say nothing any longer, for as long as it runs. @returns ends it, after the round that runs. */
export const keepCountersSmall = (parts: Forgetting): (() => Promise<void>) =>
  inRounds(() => forgetLapsed(parts), { everyMs: ROUND_MS, onFailure: parts.onFailure });

async function forgetLapsed({ rates, attempts }: Forgetting): Promise<void> {
  await rates.forgetLapsed();
  await attempts.forgetQuiet(QUIET_SECONDS);
}
