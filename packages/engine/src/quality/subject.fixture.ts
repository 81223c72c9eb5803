import { IDENTITY } from '../geometry/affine.ts';
import { plainRgb, type RgbImage } from '../image/rgb-image.ts';
import type { FaceSignals } from '../signals/face-signals.ts';
import type { Rgb } from '../vocabulary/shapes.ts';
import type { QualitySubject } from './quality-subject.ts';

export const SKIN: Rgb = [200, 155, 130];
export const WALL: Rgb = [120, 130, 140];

const unknown = async () => undefined;

/** A pack without any of the networks that only some requests need. */
export const NO_SIGNALS: FaceSignals = {
  eyes: unknown,
  glasses: unknown,
  faceMask: unknown,
  expression: unknown,
  age: unknown,
  person: unknown,
};

export type Paint = (x: number, y: number) => Rgb;

/** Draws pixel by pixel; x and y are whole. */
function drawn(width: number, height: number, paint: Paint): RgbImage {
  const image = plainRgb(width, height, WALL);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.pixels.set(paint(x, y), 3 * (y * width + x));
  }
  return image;
}

/** Inside the oval that {@link drawnSubject} takes for the face. */
export const isFace = (x: number, y: number): boolean => ((x - 120) / 63) ** 2 + ((y - 150) / 80) ** 2 < 1;

/** An oval of skin before a wall. */
export const paintFace: Paint = (x, y) => (isFace(x, y) ? SKIN : WALL);

/** A picture of 240×320 with the eyes level, 60 px apart at (90, 120) and (150, 120), without a mesh. */
export function drawnSubject(paint: Paint = paintFace, more: Partial<QualitySubject> = {}): QualitySubject {
  const raster = drawn(240, 320, paint);
  return {
    raster,
    points: {
      subjectRightEye: { x: 90, y: 120 },
      subjectLeftEye: { x: 150, y: 120 },
      noseTip: { x: 120, y: 155 },
      subjectRightMouthCorner: { x: 95, y: 185 },
      subjectLeftMouthCorner: { x: 145, y: 185 },
    },
    otherFaces: [],
    toImage: IDENTITY,
    image: raster,
    signals: NO_SIGNALS,
    ...more,
  };
}
