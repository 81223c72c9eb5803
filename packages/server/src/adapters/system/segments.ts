import type { Pieces } from '../../ports/content.ts';

export interface Segment {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Content in segments of one length; the last one is as long or shorter, and empty only when there is nothing at all. */
export async function* segmentsOf(content: Pieces, segmentBytes: number): AsyncGenerator<Segment> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const piece of content) {
    let rest = piece;
    // A full segment waits until something follows: only then is it known not to be the last.
    while (heldBytes + rest.length > segmentBytes) {
      const bytes = Buffer.concat([...held, rest.subarray(0, segmentBytes - heldBytes)]);
      rest = rest.subarray(segmentBytes - heldBytes);
      [held, heldBytes] = [[], 0];
      yield { bytes, isLast: false };
    }
    held.push(rest);
    heldBytes += rest.length;
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}
