import type { ClaimedNotice, NoticeQueue } from '../../ports/notices.ts';
import type { Audit } from '../audit/audit.ts';
import type { Bell } from '../bell.ts';
import { inLanes } from '../lanes.ts';
import { type DeliveryParts, deliverNotice } from './deliver-notice.ts';
import { ATTEMPTS_MAX, waitMs } from './schedule.ts';

/** Notices told at once, each to another receiver. */
const LANES = 4;
/** Longer than any attempt takes. */
const LEASE_MS = 30_000;
/** For what is being sent when the process is told to stop; it is sent again afterwards. */
const DRAIN_MS = 1000;

export interface NoticeRunnerParts extends DeliveryParts {
  readonly notices: NoticeQueue;
  readonly bell: Bell;
  readonly audit: Audit;
  /** Told of each attempt that failed. */
  readonly onUndelivered: (attempt: UndeliveredAttempt) => void;
  /** Told what went wrong with the store or a secret; it is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** 0..1, of a new draw each time. @default Math.random */
  readonly chance?: () => number;
}

export interface UndeliveredAttempt {
  readonly noticeId: string;
  /** Host and port alone: a path or a query may hold a secret. */
  readonly host: string;
  readonly attempts: number;
  readonly reason: string;
}

/** Tells accounts of their cases, for as long as it runs. @returns ends it: what was not told is told by another. */
export function runNotices(parts: NoticeRunnerParts): () => Promise<void> {
  const { bell, onFailure } = parts;
  const tell = (giveUp: AbortSignal) => tellNext(parts, giveUp);
  return inLanes(tell, { count: LANES, bell, drainMs: DRAIN_MS, onFailure });
}

/** Tells the notice that waits longest. @returns false when none is due. @throws FaceError `unavailable`. */
export async function tellNext(parts: NoticeRunnerParts, giveUp: AbortSignal): Promise<boolean> {
  const claimed = await parts.notices.claim(LEASE_MS);
  if (claimed === undefined) return false;
  // Claimed once more than it is tried: whoever made the last attempt died over it.
  if (claimed.attempts > ATTEMPTS_MAX) await abandon(parts, claimed, 'the server ended during the attempt');
  else await attempt(parts, claimed, giveUp);
  return true;
}

async function attempt(parts: NoticeRunnerParts, claimed: ClaimedNotice, giveUp: AbortSignal): Promise<void> {
  const sent = await deliverNotice(parts, claimed, giveUp).catch((error: unknown) => {
    parts.onFailure(error);
    return { outcome: 'failed', reason: 'it could not be signed' } as const;
  });
  if (sent.outcome === 'delivered') return void (await parts.notices.settle(claimed.lease));
  if (giveUp.aborted) return void (await parts.notices.giveBack(claimed.lease));
  const { reason } = sent;
  const { attempts, callback, notice } = claimed;
  parts.onUndelivered({ noticeId: notice.id, host: new URL(callback.url).host, attempts, reason });
  const afterMs = waitMs(attempts, (parts.chance ?? Math.random)());
  if (afterMs === undefined) await abandon(parts, claimed, reason);
  else await parts.notices.postpone(claimed.lease, { afterMs, reason });
}

async function abandon(
  { notices, audit }: NoticeRunnerParts,
  { lease, notice, space }: ClaimedNotice,
  reason: string,
): Promise<void> {
  if (!(await notices.abandon(lease, reason))) return;
  audit.note({
    account: space,
    actor: 'server',
    action: 'callback.give-up',
    subjects: [],
    outcome: 'failed',
    details: { reference: notice.reference, event: notice.event, attempts: ATTEMPTS_MAX, reason },
  });
}
