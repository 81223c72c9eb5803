import { expect, test } from 'vitest';
import { wrappedBoxMean } from './box-mean.ts';
import { transformInPlace, turnsOf } from './fourier.ts';
import { mirrorBeyond } from './mirror-beyond.ts';
import { logPowerSpectrum } from './power-spectrum.ts';

test('the fast transform is the plain sum of its definition', () => {
  const n = 16;
  const signal = Float64Array.from({ length: n }, (_, i) => Math.sin(i * 1.7) + (i % 3));
  const [real, imaginary] = [signal.slice(), Float64Array.from(signal, (value) => value / 2)];
  transformInPlace(real, imaginary, turnsOf(n));
  for (let k = 0; k < n; k++) {
    let [re, im] = [0, 0];
    for (let i = 0; i < n; i++) {
      const [cos, sin] = [Math.cos((-2 * Math.PI * i * k) / n), Math.sin((-2 * Math.PI * i * k) / n)];
      re += signal[i]! * (cos - sin / 2);
      im += signal[i]! * (sin + cos / 2);
    }
    expect(real[k]).toBeCloseTo(re, 9);
    expect(imaginary[k]).toBeCloseTo(im, 9);
  }
});

test('a grating has its power at its own frequency', () => {
  const side = 32;
  const raster = Float32Array.from({ length: side * side }, (_, i) =>
    Math.cos((2 * Math.PI * (5 * (i % side) + 3 * Math.floor(i / side))) / side),
  );
  const power = logPowerSpectrum(raster, side);
  const strongest = power.indexOf(Math.max(...power));
  expect([
    [5, 3],
    [side - 5, side - 3],
  ]).toContainEqual([strongest % side, Math.floor(strongest / side)]);
});

test('a mean near an edge goes on at the opposite one', () => {
  const raster = new Float32Array(16);
  raster[15] = 9;
  const mean = wrappedBoxMean(raster, 4, 1);
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
