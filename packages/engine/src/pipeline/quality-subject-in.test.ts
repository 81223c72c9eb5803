import { describe, expect, it } from 'vitest';
import { plainRgb } from '../image/rgb-image.ts';
import type { FaceSignals } from '../signals/face-signals.ts';
import { qualitySubjectIn } from './quality-subject-in.ts';

const nothing = async () => undefined;
const signals: FaceSignals = {
  eyes: nothing,
  glasses: nothing,
  faceMask: nothing,
  expression: nothing,
  age: nothing,
  person: nothing,
};
const points = {
  subjectRightEye: { x: 110, y: 60 },
  subjectLeftEye: { x: 130, y: 60 },
  noseTip: { x: 120, y: 70 },
  subjectRightMouthCorner: { x: 114, y: 80 },
  subjectLeftMouthCorner: { x: 126, y: 80 },
};
const neighbourhood = {
  image: plainRgb(400, 300, [9, 9, 9]),
  face: { points, mesh: [{ x: 100, y: 50 }] },
  signals,
};
/** Twice as large as the picture, from (100, 50) on. */
const framed = {
  raster: plainRgb(80, 60, [0, 0, 0]),
  toImage: { a: 0.5, b: 0, c: 100, d: 0, e: 0.5, f: 50 },
};

describe('a face as a raster shows it', () => {
  it('has its points and mesh in the raster', () => {
    const subject = qualitySubjectIn(framed, neighbourhood);
    expect(subject?.points.subjectRightEye).toEqual({ x: 20, y: 20 });
    expect(subject?.points.noseTip).toEqual({ x: 40, y: 40 });
    expect(subject?.mesh).toEqual([{ x: 0, y: 0 }]);
    expect(subject?.image).toEqual({ width: 400, height: 300 });
  });

  it('has no mesh where the picture gave none', () => {
    const bare = { ...neighbourhood, face: { points } };
    expect(qualitySubjectIn(framed, bare)).not.toHaveProperty('mesh');
  });

  it('is nothing where the raster has no extent', () => {
    const flat = { ...framed, toImage: { a: 0, b: 0, c: 1, d: 0, e: 0, f: 1 } };
    expect(qualitySubjectIn(flat, neighbourhood)).toBeUndefined();
  });
});
