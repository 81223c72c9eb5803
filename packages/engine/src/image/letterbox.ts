import type { Affine } from '../geometry/affine.ts';
import type { RgbImage } from './rgb-image.ts';
import { warpRgb } from './warp.ts';
export async function letterbox(
  image: RgbImage,
  o: { side: number; turnDegrees: number; region: { x: number; y: number; width: number; height: number } },
): Promise<{ square: RgbImage; toImage: Affine }> {
  const { x, y, width: w, height: h } = o.region;
  const k = Math.max(w, h) / o.side;
  const m: Affine =
    o.turnDegrees === 0
      ? { a: k, b: 0, c: x, d: 0, e: k, f: y }
      : o.turnDegrees === 90
        ? { a: 0, b: k, c: x, d: -k, e: 0, f: y + h }
        : o.turnDegrees === 180
          ? { a: -k, b: 0, c: x + w, d: 0, e: -k, f: y + h }
          : { a: 0, b: -k, c: x + w, d: k, e: 0, f: y };
  return { square: warpRgb(image, m, { width: o.side, height: o.side, fill: [0, 0, 0] }), toImage: m };
}
