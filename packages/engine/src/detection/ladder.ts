import { type Affine, apply } from '../geometry/affine.ts';
import { boxAround } from '../geometry/boxes.ts';
import { suppressRepeats } from '../geometry/suppression.ts';
import { letterbox } from '../image/letterbox.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { DetectionStep } from '../packs/manifest.ts';
import type { BoundingBox, Point } from '../vocabulary/shapes.ts';
import type { DetectedFace, Detector } from './detector.ts';

/** The detectors of a pack by file name. */
export type Detectors = ReadonlyMap<string, Detector>;

/**
 * Climbs a pack's detection ladder: the rungs for every picture first, those for group pictures when all faces are
 * wanted, and the fallbacks one by one only while no face is found.
 *
 * @returns faces in image pixels, descending score; empty when no rung found one.
 */
export async function detectFaces(
  image: RgbImage,
  ladder: readonly DetectionStep[],
  options: { detectors: Detectors; wantAll: boolean },
): Promise<DetectedFace[]> {
  const faces: DetectedFace[] = [];
  for (const step of ladder) {
    if (step.when === 'all-faces' && !options.wantAll) continue;
    if (step.when === 'fallback' && faces.length > 0) break;
    faces.push(...(await climb(image, step, options.detectors)));
  }
  return suppressRepeats(faces);
}

async function climb(image: RgbImage, step: DetectionStep, detectors: Detectors): Promise<DetectedFace[]> {
  const detector = detectors.get(step.file);
  if (!detector) return [];
  const tiles = tilesOf(image, step.tiles ?? 1);
  const found: DetectedFace[] = [];
  for (const region of tiles) {
    const { square, toImage } = await letterbox(image, {
      side: step.side,
      turnDegrees: step.turnDegrees,
      region,
    });
    const faces = await detector.detect(square, step.scoreMin);
    found.push(...faces.map((face) => placeInImage(face, toImage)));
  }
  return found;
}

/** A grid of regions that overlap by a quarter of their size, so that no face is cut by every tile it touches. */
function tilesOf(image: RgbImage, columns: number): BoundingBox[] {
  const share = columns === 1 ? 1 : 1 / (columns - (columns - 1) / 4);
  const width = Math.ceil(image.width * share);
  const height = Math.ceil(image.height * share);
  const offset = (index: number, whole: number, part: number): number =>
    columns === 1 ? 0 : Math.round((index * (whole - part)) / (columns - 1));
  return Array.from({ length: columns * columns }, (_, index) => ({
    x: offset(index % columns, image.width, width),
    y: offset(Math.floor(index / columns), image.height, height),
    width,
    height,
  }));
}

function placeInImage(face: DetectedFace, toImage: Affine): DetectedFace {
  const place = (point: Point): Point => apply(toImage, point);
  const { x, y, width, height } = face.box;
  const corners = [
    { x, y },
    { x: x + width, y: y + height },
  ];
  return {
    box: boxAround(corners.map(place)),
    score: face.score,
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
