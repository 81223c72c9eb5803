import { expect, test } from 'vitest';
import { contextShare, windowWithin } from './context-window.ts';

const picture = { width: 100, height: 200 };

test('a window that fits lies about the middle of the face', () => {
  const window = windowWithin(picture, { x: 40, y: 90, width: 20, height: 20 }, 2);
  expect(window).toEqual({ x: 30, y: 80, width: 40, height: 40 });
});

test('a window beyond the edge is moved inside', () => {
  expect(windowWithin(picture, { x: 0, y: 190, width: 20, height: 20 }, 2)).toEqual({
    x: 0,
    y: 160,
    width: 40,
    height: 40,
  });
});

test('a window larger than the picture is made smaller, its shape kept', () => {
  const { width, height, x } = windowWithin(picture, { x: 20, y: 50, width: 50, height: 80 }, 4);
  expect([x, width, height]).toEqual([0, 100, 160]);
});

test('of a face at the edge, half of the surroundings are in the picture', () => {
  expect(contextShare(picture, { x: 35, y: 85, width: 30, height: 30 })).toBe(1);
  expect(contextShare(picture, { x: -15, y: 85, width: 30, height: 30 })).toBeCloseTo(0.5);
});
