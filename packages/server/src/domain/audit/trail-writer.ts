import type { AuditLog } from '../../ports/audit-log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Chain, Place } from './chain.ts';
import { followHead, type StampedEntry } from './follow-head.ts';

/** Between two anchors. */
const ANCHOR_MS = 300_000;

export interface WriterParts {
  readonly log: AuditLog;
  readonly chain: Chain;
  readonly clock: Clock;
}

/** Told what the operator should know. */
export interface WriterWatch {
  /** The store's trail ends before a line that this process saw written. */
  onRolledBack(seen: number, found: number): void;
  /** Where the trail ends now: worth keeping outside the store. */
  onAnchor(place: Place): void;
}

/** Writes lines behind each other and remembers where it was. */
export class TrailWriter {
  readonly #parts: WriterParts;
  readonly #watch: WriterWatch;
  #seen: Place | undefined;
  #anchored = { number: 0, at: Number.NEGATIVE_INFINITY };

  constructor(parts: WriterParts, watch: WriterWatch) {
    this.#parts = parts;
    this.#watch = watch;
  }

  /** @throws FaceError */
  async write(entries: readonly StampedEntry[]): Promise<void> {
    const { log, chain, clock } = this.#parts;
    const seen = this.#seen;
    let end: Place | undefined;
    await log.append((head) => {
      if (seen && head.number < seen.number) this.#watch.onRolledBack(seen.number, head.number);
      const appended = followHead(chain, { head, seen, entries, now: clock.now() });
      end = appended.head;
      return appended;
    });
    this.#seen = end;
    if (clock.now().getTime() - this.#anchored.at >= ANCHOR_MS) this.anchor();
  }

  /** Tells where the trail ends, unless that was told. */
  anchor(): void {
    const place = this.#seen;
    if (place === undefined || place.number === this.#anchored.number) return;
    this.#anchored = { number: place.number, at: this.#parts.clock.now().getTime() };
    this.#watch.onAnchor(place);
  }
}
