import type { Point } from '@facegate/engine';
import { type Similarity, warped } from '../../../accuracy/src/manipulations/compose-rasters.ts';
import { sequenceFor } from '../../../accuracy/src/manipulations/encode-alike.ts';
import { between, type Portrayed } from '../../../accuracy/src/manipulations/manipulation.ts';

/** Frames of a clip, and the side of each, px: inside a picture of LFW whichever way it is moved. */
export const FRAMES = 13;
const SIDE = 224;

/** Bona fide motion: how far the camera drifts, px, zooms, as a share, and turns, radians, to either side. */
const DRIFT = 8;
const ZOOM = 0.05;
const TURN = 0.04;

/**
 * A photograph as a camera on a hand would film it: drift, zoom and turn, each a slow wave whose pace and phase are drawn
 * by name. The face itself does not move.
 */
export function movedPhotograph({ raster, mesh }: Portrayed, id: string): Portrayed[] {
  const random = sequenceFor(id, 'motion');
  const [across, down, zoom, turn] = [wave(random), wave(random), wave(random), wave(random)];
  const middle = { x: raster.width / 2, y: raster.height / 2 };
  return Array.from({ length: FRAMES }, (_, frame) => {
    const scale = 1 + ZOOM * zoom(frame);
    const angle = TURN * turn(frame);
    const spin = { x: scale * Math.cos(angle), y: scale * Math.sin(angle) };
    const centre = { x: middle.x + DRIFT * across(frame), y: middle.y + DRIFT * down(frame) };
    const toPhotograph = around(spin, { x: SIDE / 2, y: SIDE / 2 }, centre);
    return {
      raster: warped(raster, toPhotograph, { width: SIDE, height: SIDE }),
      mesh: mesh.map((point) => undone(toPhotograph, point)),
    };
  });
}

/** One to two swings a clip, −1..1. */
function wave(random: () => number): (frame: number) => number {
  const [swings, phase] = [between(random, 0.5, 1.5), between(random, 0, 2 * Math.PI)];
  return (frame) => Math.sin(phase + (2 * Math.PI * swings * frame) / FRAMES);
}

const around = (turn: Point, from: Point, to: Point): Similarity => ({
  turn,
  shift: { x: to.x - turn.x * from.x + turn.y * from.y, y: to.y - turn.y * from.x - turn.x * from.y },
});

/** The place that a similarity takes to the point. */
function undone({ turn, shift }: Similarity, { x, y }: Point): Point {
  const square = turn.x ** 2 + turn.y ** 2;
  const [dx, dy] = [x - shift.x, y - shift.y];
  return { x: (turn.x * dx + turn.y * dy) / square, y: (turn.x * dy - turn.y * dx) / square };
}
