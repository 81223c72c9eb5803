import type { CaseRecords, Lease } from '../../ports/case-records.ts';
import { inRounds } from '../rounds.ts';

/** Of one lease: two may fail before it lapses. */
const RENEWALS = 3;

export interface LeaseParts {
  readonly cases: Pick<CaseRecords, 'renew'>;
  /** A case whose worker died is taken up again after this time, milliseconds. */
  readonly leaseMs: number;
  /** Told when a lease could not be renewed. */
  readonly onFailure: (error: unknown) => void;
}

interface Held {
  readonly lease: Lease;
  /** The lease is left to lapse from then on, whatever the work does. */
  readonly deadline: AbortSignal;
}

/**
 * Renews a lease for as long as the work takes.
 *
 * A store that does not answer takes no lease away: it alone knows whether another has the case by now, and says so when
 * it is back.
 *
 * @param work  is told by its signal when the case is another's, decided or erased.
 */
export async function whileHeld<T>(
  { cases, leaseMs, onFailure }: LeaseParts,
  { lease, deadline }: Held,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    if (!deadline.aborted && !(await cases.renew(lease, leaseMs))) lost.abort();
  };
  const end = inRounds(renew, { everyMs: leaseMs / RENEWALS, onFailure });
  try {
    return await work(lost.signal);
  } finally {
    await end();
  }
}
