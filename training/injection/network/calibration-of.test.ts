import { expect, it } from 'vitest';
import { calibrationOf } from './calibration-of.ts';

/** At log-odds x of a network, manipulated pictures are e^(x + 1) times as many as genuine ones. */
const counted = [-2, -1, 0, 1].flatMap((score) => {
  const manipulated = Math.round(2000 / (1 + Math.exp(-score - 1)));
  return Array.from({ length: 2000 }, (_, i) => ({ score, isPositive: i < manipulated }));
});

it('finds the line that the pictures were counted from, at even odds', () => {
  const { genuine, manipulated, slope, bias, logRatioMax } = calibrationOf(counted);
  expect(slope).toBeCloseTo(1, 1);
  expect(bias).toBeCloseTo(1 - Math.log(manipulated / genuine), 1);
  expect(logRatioMax).toBe(3.9);
});

it('bounds what few pictures can show', () => {
  const few = [0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0].map((kind, i) => ({
    score: kind + (i % 3),
    isPositive: kind === 1,
  }));
  expect(calibrationOf(few).logRatioMax).toBeCloseTo(Math.log(2), 4);
  expect(() => calibrationOf(few.slice(0, 5))).toThrow(/calibrate nothing/);
});

it('refuses a network that speaks the wrong way round', () => {
  expect(() =>
    calibrationOf(counted.map(({ score, isPositive }) => ({ score: -score, isPositive }))),
  ).toThrow(/more often than the others/);
});
