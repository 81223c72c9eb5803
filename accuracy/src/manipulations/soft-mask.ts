import type { Point } from '@facegate/engine';
import sharp from 'sharp';

/** Around points, anticlockwise on screen. @source Andrew's monotone chain. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

const turn = (a: Point | undefined, b: Point | undefined, c: Point): number =>
  a && b ? (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) : 0;

export interface MaskShape {
  readonly width: number;
  readonly height: number;
  /** Of the hull about its centroid. */
  readonly scale: number;
  /** Spread of the softened edge, px; 0 for a hard one. */
  readonly featherPx: number;
}

/** Opacity 0..255 of a face's hull, row by row. */
export async function softMask(mesh: readonly Point[], shape: MaskShape): Promise<Uint8Array> {
  const { width, height, scale, featherPx } = shape;
  const hull = convexHull(mesh);
  const middle = centroid(hull);
  const scaled = hull.map(({ x, y }) => ({
    x: middle.x + scale * (x - middle.x),
    y: middle.y + scale * (y - middle.y),
  }));
  const hard = filled(scaled, { width, height });
  if (featherPx < 0.3) return hard;
  const drawn = sharp(hard, { raw: { width, height, channels: 1 } });
  return drawn.blur(featherPx).extractChannel(0).raw().toBuffer();
}

/** 255 inside a convex outline. */
function filled(
  outline: readonly Point[],
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const crossings = crossingsAt(outline, y + 0.5);
    const from = Math.max(0, Math.ceil(Math.min(...crossings) - 0.5));
    const to = Math.min(width, Math.ceil(Math.max(...crossings) - 0.5));
    if (to > from) mask.fill(255, y * width + from, y * width + to);
  }
  return mask;
}

function crossingsAt(outline: readonly Point[], y: number): number[] {
  return outline.flatMap((to, index) => {
    const from = outline.at(index - 1);
    if (!from || from.y <= y === to.y <= y) return [];
    return [from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x)];
  });
}

export const centroid = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});
