import { describe, expect, test } from 'vitest';
import { wrappedBoxMean } from './box-mean.ts';
import { planFourier, transformColumns } from './fourier.ts';
import { mirrorBeyond } from './mirror-beyond.ts';
import { meanLogarithms, multiplyPowers } from './power-spectrum.ts';
import { levelAt, saturationAt, tonesOf, tonesWithin } from './tones.ts';

test.each([16, 32])('the fast transform of columns of %i is the plain sum of its definition', (n) => {
  const column = 3;
  const raster = Float64Array.from({ length: n * n }, (_, i) => Math.sin(i * 1.7) + (i % 3));
  const plan = planFourier(n);
  const real = new Float64Array(n * n);
  for (let y = 0; y < n; y++) real.set(raster.subarray(y * n, (y + 1) * n), plan.order[y]! * n);
  const imaginary = real.map((value) => value / 2);
  transformColumns({ real, imaginary }, plan);
  for (let k = 0; k < n; k++) {
    let [re, im] = [0, 0];
    for (let i = 0; i < n; i++) {
      const value = raster[i * n + column]!;
      const [cos, sin] = [Math.cos((-2 * Math.PI * i * k) / n), Math.sin((-2 * Math.PI * i * k) / n)];
      re += value * (cos - sin / 2);
      im += value * (sin + cos / 2);
    }
    expect(real[k * n + column]).toBeCloseTo(re, 9);
    expect(imaginary[k * n + column]).toBeCloseTo(im, 9);
  }
});

describe('a power spectrum', () => {
  const side = 32;
  const grating = (across: number, down: number): Float32Array =>
    Float32Array.from({ length: side * side }, (_, i) =>
      Math.cos((2 * Math.PI * (across * (i % side) + down * Math.floor(i / side))) / side),
    );
  const powersOf = (first: Float32Array, second: Float32Array) => {
    const ones = (): Float64Array => new Float64Array(side * side).fill(1);
    const products = { first: ones(), second: ones() };
    const tileOf = (plane: Float32Array) => ({ plane, planeWidth: side, corner: 0 });
    multiplyPowers(products, { first: tileOf(first), second: tileOf(second) }, planFourier(side));
    return {
      first: meanLogarithms(products.first, side, 1),
      second: meanLogarithms(products.second, side, 1),
    };
  };
  const strongest = (powers: Float32Array): number[] => {
    const place = powers.indexOf(Math.max(...powers));
    return [Math.floor(place / side), place % side];
  };

  test('has the power of each of two gratings at its own frequency, across first', () => {
    const { first, second } = powersOf(grating(5, 3), grating(2, 9));
    expect([
      [5, 3],
      [side - 5, side - 3],
    ]).toContainEqual(strongest(first));
    expect([
      [2, 9],
      [side - 2, side - 9],
    ]).toContainEqual(strongest(second));
  });

  test('is the same whatever shares its transform', () => {
    const alone = powersOf(grating(5, 3), new Float32Array(side * side)).first;
    const shared = powersOf(grating(5, 3), grating(2, 9)).first;
    for (let i = 0; i < alone.length; i++) expect(shared[i]).toBeCloseTo(alone[i]!, 4);
  });

  test('is that of the square alone that a tile cuts from a larger raster', () => {
    const plane = new Float32Array((side + 8) * (side + 3)).fill(200);
    const square = grating(5, 3);
    const corner = 2 * (side + 8) + 7;
    for (let y = 0; y < side; y++)
      plane.set(square.subarray(y * side, (y + 1) * side), corner + y * (side + 8));
    const tile = { plane, planeWidth: side + 8, corner };
    const products = {
      first: new Float64Array(side ** 2).fill(1),
      second: new Float64Array(side ** 2).fill(1),
    };
    multiplyPowers(products, { first: tile, second: tile }, planFourier(side));
    expect(meanLogarithms(products.first, side, 1)).toEqual(powersOf(square, square).first);
  });

  test('mirrors itself', () => {
    const { first } = powersOf(grating(5, 3), grating(2, 9));
    for (let row = 1; row < side; row++)
      for (let column = 1; column < side; column++)
        expect(first[row * side + column]).toBeCloseTo(first[(side - row) * side + side - column]!, 4);
  });
});

test('tones are told in order, and a share of them by its saturation', () => {
  const luminance = Float32Array.of(200, 10, 90, 40);
  const saturation = Float32Array.of(0.2, 1, 0.4, 0.8);
  const raster = { side: 2, luminance, saturation, redGreen: luminance, blueYellow: luminance };
  const tones = tonesOf(raster);
  expect([0, 0.25, 0.5, 0.99].map((share) => levelAt(tones, share))).toEqual([10, 40, 90, 200]);
  expect(saturationAt(tones, 0.5, [0, 0.25])).toBe(1);
  expect(saturationAt(tones, 0, [0.5, 1])).toBeCloseTo(0.2);
  expect(tonesWithin(raster, { x: 1, y: 0, width: 5, height: 1 })).toMatchObject({
    levels: Uint8Array.of(10),
  });
});

test('a mean near an edge goes on at the opposite one', () => {
  const raster = new Float32Array(16);
  raster[15] = 9;
  const mean = wrappedBoxMean(raster, { side: 4, reach: 1, rows: 2 });
  expect(mean[0]).toBe(1);
  expect(mean[5]).toBe(0);
});

test('what lies outside the picture is its mirror image, the edge itself not repeated', () => {
  const row = (values: number[]): number[] => Array.from({ length: 4 }, () => values).flat();
  const planes = Float32Array.from(row([0, 7, 8, 9]));
  mirrorBeyond(planes, 4, { left: 1, top: 0, right: 4, bottom: 4 });
  expect([...planes]).toEqual(row([8, 7, 8, 9]));
});

test('a chip inside the picture stays as it is', () => {
  const planes = Float32Array.from({ length: 48 }, (_, i) => i);
  mirrorBeyond(planes, 4, { left: -3, top: -1, right: 4, bottom: 9 });
  expect(planes).toEqual(Float32Array.from({ length: 48 }, (_, i) => i));
});
