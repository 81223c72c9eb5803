import { type Affine, apply, compose } from '../geometry/affine.ts';
import { boxAround } from '../geometry/boxes.ts';
import { suppressRepeats } from '../geometry/suppression.ts';
import { cropRgb } from '../image/crop.ts';
import { letterbox } from '../image/letterbox.ts';
import type { Region } from '../image/region.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { DetectionStep } from '../packs/manifest.ts';
import type { Point } from '../vocabulary/shapes.ts';
import type { DetectedFace, Detector } from './detector.ts';

/** The detectors of a pack by file name. */
export type Detectors = ReadonlyMap<string, Detector>;

/**
 * Runs one rung of a pack's detection ladder on a picture.
 *
 * @returns faces in image pixels, descending score.
 */
export async function detectOnRung(
  image: RgbImage,
  step: DetectionStep,
  detectors: Detectors,
): Promise<DetectedFace[]> {
  const detector = detectors.get(step.file);
  if (!detector) return [];
  const found: DetectedFace[] = [];
  for (const region of tilesOf(image, step.tiles ?? 1)) {
    const tile = step.tiles ? cropRgb(image, region) : image;
    const { side, turnDegrees: turn, margin = 0 } = step;
    const square = await letterbox(tile, { ...detector.frame, side, turn, margin });
    const toImage = compose(shift(region.left, region.top), square.toImage);
    const faces = await detector.detect(square.image, step.scoreMin);
    found.push(...faces.map((face) => placeInImage(face, { toImage, scoreCertain: step.scoreCertain })));
  }
  return suppressRepeats(found);
}

/** A grid of regions that overlap by a quarter of their size, so that no face is cut by every tile it touches. */
function tilesOf(image: RgbImage, columns: number): Region[] {
  const share = columns === 1 ? 1 : 1 / (columns - (columns - 1) / 4);
  const width = Math.ceil(image.width * share);
  const height = Math.ceil(image.height * share);
  const offset = (index: number, whole: number, part: number): number =>
    columns === 1 ? 0 : Math.round((index * (whole - part)) / (columns - 1));
  return Array.from({ length: columns * columns }, (_, index) => ({
    left: offset(index % columns, image.width, width),
    top: offset(Math.floor(index / columns), image.height, height),
    width,
    height,
  }));
}

const shift = (x: number, y: number): Affine => ({ a: 1, b: 0, c: x, d: 0, e: 1, f: y });

function placeInImage(
  face: DetectedFace,
  { toImage, scoreCertain }: { toImage: Affine; scoreCertain: number },
): DetectedFace {
  const place = (point: Point): Point => apply(toImage, point);
  const { x, y, width, height } = face.box;
  const corners = [
    { x, y },
    { x: x + width, y: y + height },
  ];
  return {
    box: boxAround(corners.map(place)),
    score: face.score,
    isCertain: face.score >= scoreCertain,
    subjectRightEye: place(face.subjectRightEye),
    subjectLeftEye: place(face.subjectLeftEye),
    ...(face.points && {
      points: {
        subjectRightEye: place(face.points.subjectRightEye),
        subjectLeftEye: place(face.points.subjectLeftEye),
        noseTip: place(face.points.noseTip),
        subjectRightMouthCorner: place(face.points.subjectRightMouthCorner),
        subjectLeftMouthCorner: place(face.points.subjectLeftMouthCorner),
      },
    }),
  };
}
