import { expect, test } from 'vitest';
import { IDENTITY } from '../geometry/affine.ts';
import { sampleOpacity } from './sample-opacity.ts';

const matte = { width: 2, height: 1, opacity: Float32Array.of(0, 1), toImage: IDENTITY };

test('between the centres of pixels opacity is blended, beyond them repeated', () => {
  const finer = { ...IDENTITY, a: 0.5, e: 0.5 };
  expect([...sampleOpacity(matte, finer, { width: 4, height: 1 })]).toEqual([0, 0.25, 0.75, 1]);
  const far = { ...IDENTITY, c: -50, f: 90 };
  expect([...sampleOpacity(matte, far, { width: 2, height: 2 })]).toEqual([0, 0, 0, 0]);
});
