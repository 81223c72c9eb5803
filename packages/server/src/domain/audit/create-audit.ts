import { errors, FaceError } from '../errors.ts';
import { ALL_ACCOUNTS, type Audit, type AuditEntry } from './audit.ts';
import { TrailWriter, type WriterParts, type WriterWatch } from './trail-writer.ts';
import { WaitingEntries, type WaitingEntry } from './waiting-entries.ts';

/** Lines of one transaction. */
const BATCH = 500;
/** From a note to its being written, with all others of that time. */
const NOTE_MS = 250;
/** Between two attempts while the store is away. */
const RETRY_MS = 1000;

export interface AuditParts extends WriterParts {
  readonly watch: AuditWatch;
  /** Entries that may wait. @default 10,000 */
  readonly waitingMax?: number;
}

export interface AuditWatch extends WriterWatch {
  /** Lines could not be written. Where the store was away they are kept and tried again. */
  onFailure(error: unknown): void;
  /** Entries that will never be written. */
  onLost(count: number): void;
}

export interface RunningAudit extends Audit {
  /** Writes what waits. To be called once, after the last entry. */
  close(): Promise<void>;
}

/** Writes the trail in batches, one at a time: many that wait for their lines share one transaction. */
export function createAudit(parts: AuditParts): RunningAudit {
  const waiting = new WaitingEntries(parts.waitingMax ?? 10_000);
  const writer = new TrailWriter(parts, parts.watch);
  const now = () => parts.clock.now();
  const rounds = createRounds(() => writeAll(waiting, writer, parts));
  return {
    record: (entry) =>
      new Promise((resolve, reject) => {
        if (waiting.isFull) return reject(errors.unavailable('the audit trail cannot be written'));
        waiting.add({ entry, at: now(), settle: { resolve, reject } });
        rounds.begin();
      }),
    note: (entry) => {
      waiting.add({ entry, at: now() });
      rounds.beginWithin(NOTE_MS);
    },
    close: async () => {
      await rounds.end();
      waiting.lose(waiting.take(Number.POSITIVE_INFINITY).length);
      const lost = waiting.takeLost();
      if (lost > 0) parts.watch.onLost(lost);
      writer.anchor();
    },
  };
}

/** @returns whether nothing waits any more. */
async function writeAll(
  waiting: WaitingEntries,
  writer: TrailWriter,
  { clock, watch }: AuditParts,
): Promise<boolean> {
  const lost = waiting.takeLost();
  if (lost > 0) {
    watch.onLost(lost);
    waiting.putBack([{ entry: lostLines(lost), at: clock.now() }]);
  }
  while (!waiting.isEmpty) {
    const batch = waiting.take(BATCH);
    try {
      await writer.write(batch);
    } catch (error) {
      watch.onFailure(error);
      giveUp(waiting, batch, error);
      return false;
    }
    for (const { settle } of batch) settle?.resolve();
  }
  return true;
}

/** What was done is told as soon as the store is back, though nobody waits for it any more. */
function giveUp(waiting: WaitingEntries, batch: readonly WaitingEntry[], error: unknown): void {
  for (const { settle } of batch) settle?.reject(error);
  const passes = error instanceof FaceError && error.kind === 'availability';
  if (passes) waiting.putBack(batch);
  else waiting.lose(batch.length);
  waiting.trim(({ settle }) => settle?.reject(error));
}

/** Of writing: never two at once, and another one soon where one failed. */
function createRounds(round: () => Promise<boolean>) {
  let running: Promise<void> | undefined;
  let isWanted = false;
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    while (isWanted) {
      isWanted = false;
      if (!(await round())) beginWithin(RETRY_MS);
    }
    running = undefined;
  };
  const begin = (): void => {
    clearTimeout(timer);
    timer = undefined;
    isWanted = true;
    running ??= run();
  };
  const beginWithin = (ms: number): void => {
    timer ??= setTimeout(begin, ms);
  };
  const end = async (): Promise<void> => {
    begin();
    await running;
    clearTimeout(timer);
  };
  return { begin, beginWithin, end };
}

const lostLines = (lines: number): AuditEntry => ({
  account: ALL_ACCOUNTS,
  actor: 'server',
  action: 'trail.lines-lost',
  subjects: [],
  outcome: 'done',
  details: { lines },
});
