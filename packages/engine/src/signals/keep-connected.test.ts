import { expect, test } from 'vitest';
import { keepConnected } from './keep-connected.ts';

const raster = (rows: readonly (readonly number[])[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  opacity: Float32Array.from(rows.flat()),
});

test('what hangs together with the seed stays, with its opacity; the rest becomes 0', () => {
  const two = raster([
    [1, 0.5, 0, 0.75],
    [0.25, 0, 0, 1],
    [0.5, 0.0625, 0, 1],
  ]);
  const left = keepConnected(two, { x: 0.5, y: 0.5 }, 0.125)!;
  expect([...left]).toEqual([1, 0.5, 0, 0, 0.25, 0, 0, 0, 0.5, 0, 0, 0]);
  const right = keepConnected(two, { x: 3.9, y: 2.1 }, 0.125)!;
  expect([...right]).toEqual([0, 0, 0, 0.75, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test('the end of one row does not touch the beginning of the next', () => {
  const rows = raster([
    [0, 1],
    [1, 0],
  ]);
  expect([...keepConnected(rows, { x: 1.5, y: 0.5 }, 0.5)!]).toEqual([0, 1, 0, 0]);
});

test.each([
  { x: -0.1, y: 0.5 },
  { x: 0.5, y: 1 },
  { x: 1.5, y: 0.5 },
])('a seed at $x, $y, outside or on the background, has no part', (seed) => {
  expect(keepConnected(raster([[1, 0]]), seed, 0.5)).toBeUndefined();
});

test('what can only be reached by going back along a row stays too', () => {
  const ring = raster([
    [1, 1, 1, 1],
    [1, 0, 0, 1],
    [1, 0, 1, 1],
    [1, 0, 0, 0],
    [1, 1, 1, 1],
  ]);
  expect(keepConnected(ring, { x: 2.5, y: 2.5 }, 0.5)).toEqual(ring.opacity);
});
