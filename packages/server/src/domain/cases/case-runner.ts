import type { AttemptedCase, ClaimedCase } from '../../ports/case-records.ts';
import type { Audit } from '../audit/audit.ts';
import { FaceError } from '../errors.ts';
import { inLanes } from '../lanes.ts';
import type { CaseDecision } from './case.ts';
import { examineCase } from './examine-case.ts';
import { type LeaseParts, whileHeld } from './hold-lease.ts';
import { noteFindings } from './note-findings.ts';
import type { CaseParts } from './parts.ts';
import { ATTEMPT_MS, ATTEMPTS_MAX } from './policy.ts';

/** For what is being examined when the process is told to stop; what takes longer begins anew elsewhere. */
const DRAIN_MS = 5000;
/** After the first failed attempt; four times as much after the second. */
const BACK_OFF_MS = 5000;
/** When the engine has no room just now. */
const BUSY_MS = 1000;

export interface CaseRunnerParts extends CaseParts, Omit<LeaseParts, 'cases'> {
  readonly audit: Audit;
  /** Cases examined at once. 0: none. */
  readonly atOnce: number;
  /** Told what went wrong; the case is tried again, or fails. */
  readonly onFailure: (error: unknown) => void;
}

/** Examines cases, for as long as it runs. @returns ends it: what runs is finished, or given back. */
export function runCases(parts: CaseRunnerParts): () => Promise<void> {
  const { atOnce: count, bell, onFailure } = parts;
  const examine = (giveUp: AbortSignal) => examineNext(parts, giveUp);
  return inLanes(examine, { count, bell, drainMs: DRAIN_MS, onFailure });
}

/** Examines the case that waits longest. @returns false when none is due. @throws FaceError `unavailable`. */
export async function examineNext(parts: CaseRunnerParts, giveUp: AbortSignal): Promise<boolean> {
  for (const poison of await parts.cases.recover(ATTEMPTS_MAX)) note(parts.audit, poison, 'failed');
  const claimed = await parts.cases.claim(parts.leaseMs);
  if (claimed === undefined) return false;
  await parts.running.during(claimed.reference, (erased) => attempt(parts, claimed, { erased, giveUp }));
  return true;
}

interface Ends {
  readonly erased: AbortSignal;
  readonly giveUp: AbortSignal;
}

async function attempt(
  parts: CaseRunnerParts,
  claimed: ClaimedCase,
  { erased, giveUp }: Ends,
): Promise<void> {
  const deadline = AbortSignal.timeout(ATTEMPT_MS);
  await whileHeld(parts, { lease: claimed.lease, deadline }, async (lost) => {
    const gone = AbortSignal.any([erased, lost]);
    try {
      const decision = await examineCase(parts, claimed, AbortSignal.any([giveUp, gone, deadline]));
      if (decision !== undefined) noteDecision(parts.audit, claimed, decision);
    } catch (error) {
      // Whoever erased it, or has it now, wants to hear no more of it.
      if (!gone.aborted) await putBack(parts, claimed, { error, isStopped: giveUp.aborted });
    }
  });
}

interface Failure {
  readonly error: unknown;
  readonly isStopped: boolean;
}

async function putBack(parts: CaseRunnerParts, claimed: ClaimedCase, failure: Failure): Promise<void> {
  const { cases, onFailure, audit } = parts;
  const { lease, attempts } = claimed;
  if (failure.isStopped) return void (await cases.giveBack(lease, { afterMs: 0, isCounted: false }));
  if (isBusy(failure)) return void (await cases.giveBack(lease, { afterMs: BUSY_MS, isCounted: false }));
  onFailure(failure.error);
  if (isAway(failure)) return void (await cases.giveBack(lease, { afterMs: BACK_OFF_MS, isCounted: false }));
  if (attempts < ATTEMPTS_MAX && !isLasting(failure)) {
    const afterMs = BACK_OFF_MS * 4 ** (attempts - 1);
    return void (await cases.giveBack(lease, { afterMs, isCounted: true }));
  }
  if (await cases.fail(lease)) note(audit, claimed, 'failed');
}

const isBusy = ({ error }: Failure): boolean => error instanceof FaceError && error.code === 'overloaded';

/** A store or disk that fails says nothing of the case. */
const isAway = ({ error }: Failure): boolean => error instanceof FaceError && error.code === 'unavailable';

/** What only the operator can mend is not tried again. */
const isLasting = ({ error }: Failure): boolean => error instanceof FaceError && error.kind === 'capability';

function noteDecision(audit: Audit, claimed: ClaimedCase, decision: CaseDecision): void {
  note(audit, claimed, decision.isAccepted ? 'accepted' : 'declined');
  noteFindings(audit, claimed, decision);
}

const note = (audit: Audit, { space, reference, kind, attempts }: AttemptedCase, outcome: string): void =>
  audit.note({
    account: space,
    actor: 'server',
    action: 'case.decide',
    subjects: [],
    outcome,
    details: { reference, kind, attempts },
  });
