import { apply, IDENTITY } from '../geometry/affine.ts';
import { cropRgb } from '../image/crop.ts';
import { pixelsWithin, type Region } from '../image/region.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { shrinkRegion } from '../image/shrink.ts';
import { OUTLINES } from '../quality/window/face-outline.ts';
import { luminanceOf } from '../quality/window/luminance.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { distanceFromMiddle } from './distance-from-middle.ts';

/** A face among its surroundings in pixels that were never enlarged, with what several signals read of them. */
export interface ForensicWindow {
  readonly image: RgbImage;
  /** Luma, 0..255. */
  readonly luminance: Uint8Array;
  /** Of each pixel, from 0 in the middle of the face by way of 1 on its outline, capped at 2.55, in hundredths. */
  readonly distance: Uint8Array;
  /** Where the window begins in the picture, px; only where the pixels are the picture's own. */
  readonly origin?: { readonly left: number; readonly top: number };
}

/** Hundredths of {@link ForensicWindow.distance}: what is surely face, and what is surely not. */
export const FACE_WITHIN = 85;
export const AROUND_FROM = 115;
export const AROUND_WITHIN = 180;

/** Width of the face's outline, px: below it there is too little to compare; above the upper one halves are read. */
const FACE_WIDTH_MIN = 56;
const FACE_WIDTH_MAX = 224;

/** Wider faces, px, are not read at full detail: it would take longer than all the rest. */
const NATIVE_WIDTH_MAX = 560;

/** How far the window reaches from the middle of the face, in half widths and half heights of it. */
const REACH = 1.8;

/** The surroundings must show at least this share of the face's own area. */
const AROUND_SHARE_MIN = 0.3;

/**
 * Cuts the window of a face.
 *
 * @param mesh   468 points in image pixels.
 * @param detail `native`: the picture's own pixels, however many; `bounded`: halved until the face is 112 to 224 px wide,
 *               so that noise and edges mean the same in every picture.
 * @returns      undefined where the face is too small, too large for `native`, or the picture shows too little
 *               around it.
 * @cost         about 3 ms bounded, up to 30 ms native.
 */
export function forensicWindow(
  image: RgbImage,
  mesh: readonly Point[],
  detail: 'native' | 'bounded',
): ForensicWindow | undefined {
  const outline = OUTLINES.face.map((index) => mesh[index]!);
  const { region, faceWidth } = regionAround(image, outline);
  if (!region || faceWidth < FACE_WIDTH_MIN) return undefined;
  if (detail === 'native' && faceWidth > NATIVE_WIDTH_MAX) return undefined;
  const block = detail === 'native' ? 1 : blockFor(faceWidth);
  const { image: cut, fromImage } = cutOut(image, region, block);
  const distance = distanceFromMiddle(
    outline.map((point) => apply(fromImage, point)),
    cut,
  );
  if (!hasSurroundings(distance)) return undefined;
  const origin = block === 1 ? { origin: { left: region.left, top: region.top } } : {};
  return { image: cut, luminance: luminanceOf(cut), distance, ...origin };
}

function regionAround(image: RgbImage, outline: readonly Point[]) {
  const xs = outline.map(({ x }) => x);
  const ys = outline.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const faceWidth = right - left;
  const width = REACH * faceWidth;
  const height = REACH * (bottom - top);
  const box = { x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height };
  return { region: pixelsWithin(image, box), faceWidth };
}

const blockFor = (faceWidth: number): 1 | 2 | 4 | 8 =>
  ([1, 2, 4] as const).find((block) => faceWidth <= block * FACE_WIDTH_MAX) ?? 8;

function cutOut(image: RgbImage, region: Region, block: 1 | 2 | 4 | 8) {
  if (block > 1) return shrinkRegion(image, region, block as 2 | 4 | 8);
  const fromImage = { ...IDENTITY, c: -region.left, f: -region.top };
  return { image: cropRgb(image, region), fromImage };
}

function hasSurroundings(distance: Uint8Array): boolean {
  let face = 0;
  let around = 0;
  for (const d of distance) {
    if (d < FACE_WITHIN) face++;
    else if (d >= AROUND_FROM && d < AROUND_WITHIN) around++;
  }
  return around >= AROUND_SHARE_MIN * face;
}
