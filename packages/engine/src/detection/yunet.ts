import { suppressOverlaps } from '../geometry/suppression.ts';
import { toPlanes } from '../image/planes.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { type Network, openNetwork, outputNamed } from '../runtime/network.ts';
import type { Point } from '../vocabulary/shapes.ts';
import type { DetectedFace, Detector } from './detector.ts';

/** Cell sizes of the three output grids, px. */
const STRIDES = [8, 16, 32] as const;

interface Grid {
  readonly stride: number;
  readonly columns: number;
  readonly classScores: Float32Array;
  readonly objectScores: Float32Array;
  /** Per cell: centre offset x, y in cells, log width, log height in cells. */
  readonly boxes: Float32Array;
  /** Per cell: five points as offsets in cells: right eye, left eye, nose, right and left mouth corner. */
  readonly points: Float32Array;
}

/**
 * YuNet 2023mar. Input BGR 0..255 without normalisation; sides multiples of 32.
 *
 * @source  the network's published post-processing; constants as measured in the accuracy run.
 * @cost    about 1.3 ms at side 320, 5.5 ms at 640.
 */
export async function openYunet(file: string): Promise<Detector> {
  const network = await openNetwork(file);
  return {
    // Its coarsest grid has cells of 32 px.
    frame: { multiple: 32 },
    detect: async (framed, scoreMin) => {
      const grids = await runGrids(network, framed);
      return suppressOverlaps(grids.flatMap((grid) => facesOf(grid, scoreMin)));
    },
    release: () => network.release(),
  };
}

async function runGrids(network: Network, framed: RgbImage): Promise<Grid[]> {
  const { width, height } = framed;
  const data = toPlanes(framed, { colour: 'BGR', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] });
  const outputs = await network.run({ data, dims: [1, 3, height, width] });
  return STRIDES.map((stride) => ({
    stride,
    columns: width / stride,
    classScores: outputNamed(outputs, `cls_${stride}`),
    objectScores: outputNamed(outputs, `obj_${stride}`),
    boxes: outputNamed(outputs, `bbox_${stride}`),
    points: outputNamed(outputs, `kps_${stride}`),
  }));
}

function facesOf(grid: Grid, scoreMin: number): DetectedFace[] {
  const faces: DetectedFace[] = [];
  const productMin = scoreMin * scoreMin;
  for (let cell = 0; cell < grid.classScores.length; cell++) {
    const product = clamp01(grid.classScores[cell]!) * clamp01(grid.objectScores[cell]!);
    if (product >= productMin) faces.push(faceAt(grid, cell, Math.sqrt(product)));
  }
  return faces;
}

function faceAt(grid: Grid, cell: number, score: number): DetectedFace {
  const { stride, columns, boxes } = grid;
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  const width = Math.exp(boxes[cell * 4 + 2]!) * stride;
  const height = Math.exp(boxes[cell * 4 + 3]!) * stride;
  const x = (column + boxes[cell * 4]!) * stride - width / 2;
  const y = (row + boxes[cell * 4 + 1]!) * stride - height / 2;
  const point = (index: number): Point => ({
    x: (grid.points[cell * 10 + 2 * index]! + column) * stride,
    y: (grid.points[cell * 10 + 2 * index + 1]! + row) * stride,
  });
  const points = {
    subjectRightEye: point(0),
    subjectLeftEye: point(1),
    noseTip: point(2),
    subjectRightMouthCorner: point(3),
    subjectLeftMouthCorner: point(4),
  };
  const { subjectRightEye, subjectLeftEye } = points;
  return { box: { x, y, width, height }, score, subjectRightEye, subjectLeftEye, points };
}

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));
