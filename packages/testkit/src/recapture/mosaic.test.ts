import { expect, test } from 'vitest';
import { isPadded } from './is-padded.ts';
import { emptyLight, type Light } from './light.ts';
import { seeThroughMosaic } from './mosaic.ts';

const SIDE = 16;

function grey(levelAt: (x: number, y: number) => number): Light {
  const light = emptyLight(SIDE, SIDE);
  for (let i = 0; i < light.values.length; i++) {
    const pixel = Math.floor(i / 3);
    light.values[i] = levelAt(pixel % SIDE, Math.floor(pixel / SIDE));
  }
  return light;
}

/** Mean distance of red from blue. */
const falseColour = ({ values }: Light): number =>
  values.reduce((sum, value, i) => (i % 3 === 0 ? sum + Math.abs(value - (values[i + 2] ?? 0)) : sum), 0) /
  (values.length / 3);

test('a plain grey stays grey through the mosaic', () => {
  const seen = seeThroughMosaic(grey(() => 0.5));
  for (const value of seen.values) expect(value).toBeCloseTo(0.5, 6);
});

test('a fine grey grating comes out in false colours, a coarse one hardly', () => {
  const grating = (period: number) => grey((x) => 0.5 + 0.4 * Math.cos((2 * Math.PI * x) / period));
  expect(falseColour(seeThroughMosaic(grating(2)))).toBeGreaterThan(0.5);
  expect(falseColour(seeThroughMosaic(grating(16)))).toBeLessThan(0.1);
});

test('a picture is padded when a black wedge lies along its border, not when it is dark', () => {
  expect(isPadded(grey((x, y) => (x + 4 * y < 16 ? 0 : 0.3)))).toBe(true);
  expect(isPadded(grey(() => 0.01))).toBe(false);
});
