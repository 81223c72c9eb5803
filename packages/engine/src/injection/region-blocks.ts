import { AROUND_FROM, AROUND_WITHIN, FACE_WITHIN, type ForensicWindow } from './forensic-window.ts';

/** Top-left corners of square blocks, as indices into the window's pixels. */
export interface RegionBlocks {
  readonly face: readonly number[];
  readonly around: readonly number[];
}

export interface BlockGrid {
  readonly side: number;
  /** From one block to the next, px. Default: the side. */
  readonly stride?: number;
  /** First block's corner, px. Default 0, 0. */
  readonly left?: number;
  readonly top?: number;
  /** Of each region at most this many, evenly spread. Default: all. */
  readonly most?: number;
}

/** Blocks of a grid whose four corners lie in the face, and those whose corners lie around it. */
export function regionBlocks(
  { image: { width, height }, distance }: Pick<ForensicWindow, 'image' | 'distance'>,
  { side, stride = side, left = 0, top = 0, most = Number.POSITIVE_INFINITY }: BlockGrid,
): RegionBlocks {
  const face: number[] = [];
  const around: number[] = [];
  const last = side - 1;
  for (let y = top; y + side <= height; y += stride) {
    for (let x = left; x + side <= width; x += stride) {
      const i = y * width + x;
      const corners = [i, i + last, i + last * width, i + last * width + last].map((at) => distance[at]!);
      if (corners.every((d) => d < FACE_WITHIN)) face.push(i);
      else if (corners.every((d) => d >= AROUND_FROM && d < AROUND_WITHIN)) around.push(i);
    }
  }
  return { face: thinned(face, most), around: thinned(around, most) };
}

function thinned(blocks: readonly number[], most: number): readonly number[] {
  const step = Math.max(1, Math.ceil(blocks.length / most));
  return step === 1 ? blocks : blocks.filter((_, index) => index % step === 0);
}
