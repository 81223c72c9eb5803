import type { Appended, AuditLine, TrailMark } from '../../ports/audit-log.ts';
import { errors } from '../errors.ts';
import { ALL_ACCOUNTS, type AuditEntry } from './audit.ts';
import type { Chain, Place } from './chain.ts';

/** An entry with the time it happened. */
export interface StampedEntry {
  readonly entry: AuditEntry;
  readonly at: Date;
}

interface Following {
  readonly head: TrailMark;
  /** The last line that this process wrote. */
  readonly seen: Place | undefined;
  readonly entries: readonly StampedEntry[];
  readonly now: Date;
}

/**
 * The lines that come behind the head, and the head behind them.
 *
 * @throws FaceError `internal` when the head was not sealed by us: lines behind it would make a forged end a true one.
 */
export function followHead(chain: Chain, { head, seen, entries, now }: Following): Appended {
  if (!chain.isSealed('head', head)) throw errors.internal('the head of the audit trail was altered');
  const isRolledBack = seen !== undefined && head.number < seen.number;
  const said = isRolledBack ? [{ entry: rolledBack(seen.number, head.number), at: now }] : [];
  const lines: AuditLine[] = [];
  let last: Place = head;
  for (const stamped of [...said, ...entries]) {
    const line = lineAfter(chain, last, stamped);
    lines.push(line);
    last = line;
  }
  return { lines, head: chain.mark('head', last) };
}

function lineAfter(chain: Chain, { number, hash }: Place, { entry, at }: StampedEntry): AuditLine {
  const line = {
    number: number + 1,
    at,
    account: entry.account,
    actor: keepable(entry.actor),
    action: entry.action,
    subjects: entry.subjects.map((id) => keepable(id.toLowerCase())),
    outcome: entry.outcome,
    details: keepable(JSON.stringify(entry.details)),
    requestId: entry.requestId === undefined ? undefined : keepable(entry.requestId),
    previous: hash,
  };
  return { ...line, hash: chain.hashOf(line) };
}

/** Without what no text in a database can hold, NUL and halves of characters: it must come back as it was hashed. */
const keepable = (text: string): string => Buffer.from(text.replaceAll('\0', ''), 'utf8').toString('utf8');

const rolledBack = (seen: number, found: number): AuditEntry => ({
  account: ALL_ACCOUNTS,
  actor: 'server',
  action: 'trail.rolled-back',
  subjects: [],
  outcome: 'noticed',
  details: { seen, found },
});
