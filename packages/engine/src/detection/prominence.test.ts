import { describe, expect, it } from 'vitest';
import { byProminence } from './prominence.ts';

const picture = { width: 1000, height: 800 };
const face = (x: number, y: number, side: number) => ({
  box: { x: x - side / 2, y: y - side / 2, width: side, height: side },
});

describe('prominence', () => {
  it('orders nothing when there is no face', () => {
    expect(byProminence([], picture)).toEqual([]);
  });

  it('prefers the one in the middle when sizes are alike', () => {
    const middle = face(500, 400, 200);
    expect(byProminence([face(120, 120, 210), middle, face(880, 400, 220)], picture)[0]).toBe(middle);
  });

  it('prefers the large one when a small face happens to be nearer the middle', () => {
    const large = face(600, 420, 400);
    expect(byProminence([face(500, 400, 60), large], picture)[0]).toBe(large);
  });

  it('does not depend on the order of detection', () => {
    const faces = [face(300, 300, 150), face(640, 380, 160), face(900, 700, 300)];
    expect(byProminence([...faces].reverse(), picture)[0]).toBe(byProminence(faces, picture)[0]);
  });
});
