import { expect, test } from 'vitest';
import { rgbImage } from './rgb-image.ts';
import { addSampledRow, type RowSampling } from './sample-row.ts';
import { writeSampledRow } from './write-row.ts';

const SIDE = 24;
const WIDTH = 40;
const image = rgbImage(
  SIDE,
  SIDE,
  Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => (i * 2_654_435_761) >>> 24),
);
const turned = (tilt: number, scale: number): RowSampling => ({
  image,
  map: {
    ...{ a: scale * Math.cos(tilt), b: -scale * Math.sin(tilt), c: -3.3 },
    ...{ d: scale * Math.sin(tilt), e: scale * Math.cos(tilt), f: 4.1 },
  },
  fill: [9, 100, 200],
  weight: 1,
});

test.each([
  [0, 1],
  [0.3, 0.7],
  [-1.2, 1.3],
])('a row turned by %d at %d pixels a sample is the rounded row of floats, inside and out', (tilt, scale) => {
  const sampling = turned(tilt, scale);
  for (let y = 0.5; y < SIDE; y++) {
    const floats = new Float32Array(3 * WIDTH);
    addSampledRow(sampling, floats, 0.5, y);
    const pixels = new Uint8Array(3 * WIDTH + 3);
    writeSampledRow(sampling, { pixels, start: 3, width: WIDTH }, y);
    expect([...pixels]).toEqual([0, 0, 0, ...Array.from(floats, (value) => Math.floor(value + 0.5))]);
  }
});
