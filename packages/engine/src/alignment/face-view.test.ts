import { describe, expect, it } from 'vitest';
import { rgbImage } from '../image/rgb-image.ts';
import { warpToPlanes } from '../image/warp.ts';
import { chipOfView, faceView } from './face-view.ts';

/** Red grows with x, green with y: every place has its own colour. */
function ramp(side: number) {
  const pixels = new Uint8Array(3 * side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) pixels.set([(255 * x) / side, (255 * y) / side, 80], 3 * (y * side + x));
  }
  return rgbImage(side, side, pixels);
}

const SPEC = { side: 32, colour: 'RGB', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;

/** Chip pixels to a square of 400 px around (500, 480), turned by a third of a radian. */
const TO_IMAGE = { a: 11.8, b: -4.1, c: 377, d: 4.1, e: 11.8, f: 226 };

describe('the view of a face', () => {
  it('is the picture itself when the face has no more detail than is asked', () => {
    const image = ramp(300);
    expect(faceView(image, { centre: { x: 150, y: 150 }, side: 300, tiltRadians: 0.33 }, 192).image).toBe(
      image,
    );
  });

  it('gives the same chip as the whole picture, from far fewer pixels', () => {
    const image = ramp(1000);
    const view = faceView(image, { centre: { x: 500, y: 480 }, side: 800, tiltRadians: 0.33 }, 192);
    expect(view.image.pixels.length).toBeLessThan(image.pixels.length / 10);
    const fromView = chipOfView(view, TO_IMAGE, SPEC);
    const fromWhole = warpToPlanes(image, TO_IMAGE, SPEC);
    const difference = fromView.map((value, index) => Math.abs(value - fromWhole[index]!));
    expect(Math.max(...difference)).toBeLessThan(1.5);
  });

  it('is cut off at the edge of the picture, and black beyond as the picture is', () => {
    const image = ramp(1000);
    const view = faceView(image, { centre: { x: 20, y: 20 }, side: 600, tiltRadians: 0.33 }, 192);
    const outside = { ...TO_IMAGE, c: TO_IMAGE.c - 480, f: TO_IMAGE.f - 460 };
    const fromView = chipOfView(view, outside, SPEC);
    const fromWhole = warpToPlanes(image, outside, SPEC);
    expect(fromView[0]).toBe(0);
    const mean =
      fromView.reduce((sum, value, index) => sum + Math.abs(value - fromWhole[index]!), 0) / fromView.length;
    expect(mean).toBeLessThan(1);
  });

  it('of a face outside the picture is the picture', () => {
    const image = ramp(300);
    expect(faceView(image, { centre: { x: 5000, y: 5000 }, side: 600, tiltRadians: 0.33 }, 192).image).toBe(
      image,
    );
  });
});
