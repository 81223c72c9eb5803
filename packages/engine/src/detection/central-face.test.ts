import { describe, expect, it } from 'vitest';
import { centralFace } from './central-face.ts';

const picture = { width: 1000, height: 800 };
const face = (x: number, y: number, side: number) => ({
  box: { x: x - side / 2, y: y - side / 2, width: side, height: side },
});

describe('the central face', () => {
  it('is absent when there is no face', () => {
    expect(centralFace([], picture)).toBeUndefined();
  });

  it('is the one in the middle when sizes are alike', () => {
    const middle = face(500, 400, 200);
    expect(centralFace([face(120, 120, 210), middle, face(880, 400, 220)], picture)).toBe(middle);
  });

  it('is the large one when a small face happens to be nearer the middle', () => {
    const large = face(600, 420, 400);
    expect(centralFace([face(500, 400, 60), large], picture)).toBe(large);
  });

  it('does not depend on the order of detection', () => {
    const faces = [face(300, 300, 150), face(640, 380, 160), face(900, 700, 300)];
    expect(centralFace([...faces].reverse(), picture)).toBe(centralFace(faces, picture));
  });
});
