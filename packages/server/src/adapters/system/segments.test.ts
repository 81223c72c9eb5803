import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Segment, segmentsOf } from './segments.ts';

async function cut(pieces: readonly Uint8Array[], segmentBytes: number): Promise<Segment[]> {
  const segments: Segment[] = [];
  for await (const segment of segmentsOf(pieces, segmentBytes)) segments.push(segment);
  return segments;
}

it('cuts pieces of any length into full segments and a last one', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 20 }), async (given, segmentBytes) => {
      const segments = await cut(given, segmentBytes);
      expect(Buffer.concat(segments.map(({ bytes }) => bytes))).toEqual(Buffer.concat(given));
      expect(segments.map(({ isLast }) => isLast)).toEqual(segments.map((_, i) => i === segments.length - 1));
      for (const { bytes } of segments.slice(0, -1)) expect(bytes).toHaveLength(segmentBytes);
      const last = segments.at(-1)?.bytes.length ?? 0;
      expect(last).toBeLessThanOrEqual(segmentBytes);
      if (segments.length > 1) expect(last).toBeGreaterThan(0);
    }),
  );
});

it('makes one empty segment of nothing', async () => {
  expect(await cut([], 4)).toEqual([{ bytes: Buffer.alloc(0), isLast: true }]);
});
