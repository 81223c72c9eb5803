import type { AuditLine, Trail, TrailView } from '../../ports/audit-log.ts';
import type { Chain, Place } from './chain.ts';
import { isSame } from './chain.ts';
import { chainOf, type TrailParts } from './open-trail.ts';

const PAGE_LINES = 1000;

/** What is wrong with a trail, with the first line it shows at. */
export type Fault =
  /** It was never begun, or all of it was removed. */
  | { readonly fault: 'no-trail' }
  /** Its key does not open with the master key. */
  | { readonly fault: 'foreign-key' }
  /** The record of where it begins or ends was changed. */
  | { readonly fault: 'head-altered' | 'cut-altered' }
  /** This line was to come and is not there. */
  | { readonly fault: 'line-missing'; readonly line: number }
  /** Its content is not what its hash was made of. */
  | { readonly fault: 'line-altered'; readonly line: number }
  /** Sound in itself, but made behind another line than the one before it. */
  | { readonly fault: 'line-unlinked'; readonly line: number }
  /** There is a line where none belongs: before the first, or after the last that was written. */
  | { readonly fault: 'line-unexpected'; readonly line: number }
  /** An anchor names a line that is not there or has another hash. */
  | { readonly fault: 'anchor-missed'; readonly line: number };

export type TrailVerdict =
  | {
      readonly outcome: 'sound';
      readonly lineCount: number;
      /** Of the first line that is kept. */
      readonly from: number;
      readonly last: Place;
    }
  | ({ readonly outcome: 'tampered' } & Fault);

/**
 * Reads the whole trail and follows its chain.
 *
 * @param anchor where the trail was once seen to end: without one, a trail that was set back to an earlier state of
 *               itself, lines and head together, looks sound.
 * @throws FaceError `unavailable`
 * @cost   about 20 µs of processor a line; pages of 1,000 in memory.
 */
export const verifyTrail = ({ log, keys }: TrailParts, anchor?: Place): Promise<TrailVerdict> =>
  log.inspect(async (view) => {
    const { trail } = view;
    if (trail === undefined) return tampered({ fault: 'no-trail' });
    let chain: Chain;
    try {
      chain = chainOf(keys, trail);
    } catch {
      return tampered({ fault: 'foreign-key' });
    }
    if (!chain.isSealed('cut', trail.cut)) return tampered({ fault: 'cut-altered' });
    if (!chain.isSealed('head', trail.head)) return tampered({ fault: 'head-altered' });
    const fault = await firstFault(view, { trail, chain, anchor });
    if (fault !== undefined) return tampered(fault);
    const { number, hash } = trail.head;
    return {
      outcome: 'sound',
      lineCount: view.lineCount,
      from: trail.cut.number + 1,
      last: { number, hash },
    };
  });

const tampered = (fault: Fault): TrailVerdict => ({ outcome: 'tampered', ...fault });

interface Checking {
  readonly trail: Trail;
  readonly chain: Chain;
  readonly anchor: Place | undefined;
}

async function firstFault(view: TrailView, { trail, chain, anchor }: Checking): Promise<Fault | undefined> {
  let last: Place = trail.cut;
  let atAnchor: Place | undefined;
  for await (const line of linesOf(view)) {
    const fault = faultOf(chain, last, line) ?? faultBehind(trail, line);
    if (fault !== undefined) return fault;
    if (line.number === anchor?.number) atAnchor = line;
    last = line;
  }
  return faultAtEnd(view, { trail, last }) ?? faultAtAnchor(trail, anchor, atAnchor);
}

async function* linesOf({ lines }: TrailView): AsyncGenerator<AuditLine> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await lines(after, PAGE_LINES);
    yield* page;
    after = page.at(-1)?.number ?? after;
    if (page.length < PAGE_LINES) return;
  }
}

const faultBehind = ({ head }: Trail, { number }: Place): Fault | undefined =>
  number > head.number ? { fault: 'line-unexpected', line: number } : undefined;

function faultAtEnd(
  { lineCount }: TrailView,
  { trail: { head, cut }, last }: { readonly trail: Trail; readonly last: Place },
): Fault | undefined {
  if (last.number < head.number) return { fault: 'line-missing', line: last.number + 1 };
  if (!isSame(last.hash, head.hash)) return { fault: 'line-unlinked', line: last.number };
  // Paging passes over a second line of one number where pages meet.
  if (lineCount !== head.number - cut.number) return { fault: 'line-unexpected', line: head.number };
  return undefined;
}

/** An anchor at a line that was removed because of its age says nothing any more. */
function faultAtAnchor({ cut }: Trail, anchor?: Place, found?: Place): Fault | undefined {
  if (anchor === undefined || anchor.number <= cut.number) return undefined;
  if (found !== undefined && isSame(found.hash, anchor.hash)) return undefined;
  return { fault: 'anchor-missed', line: anchor.number };
}

/** What is wrong with a line that comes behind `last`. */
export function faultOf(chain: Chain, last: Place, line: AuditLine): Fault | undefined {
  const expected = last.number + 1;
  if (line.number < expected) return { fault: 'line-unexpected', line: line.number };
  if (line.number > expected) return { fault: 'line-missing', line: expected };
  if (!isSame(line.hash, chain.hashOf(line))) return { fault: 'line-altered', line: expected };
  if (!isSame(line.previous, last.hash)) return { fault: 'line-unlinked', line: expected };
  return undefined;
}
