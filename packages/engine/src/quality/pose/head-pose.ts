import { eyeLineTilt } from '../../landmarks/five-points.ts';
import type { FivePoints, Point } from '../../vocabulary/shapes.ts';
import { RIGID_POINTS } from './canonical-face.data.ts';

type Triple = readonly [number, number, number];

/** Both in degrees. */
export interface HeadPose {
  /** Positive when the subject looks towards its own left. */
  readonly yaw: number;
  /** Positive when the subject looks up. */
  readonly pitch: number;
}

const MODEL: readonly { readonly index: number; readonly at: Triple }[] = RIGID_POINTS.flatMap(
  ({ index, twin, at }) => {
    const [x, y, z] = at;
    return twin === undefined
      ? [{ index, at }]
      : [
          { index, at },
          { index: twin, at: [-x, y, z] as Triple },
        ];
  },
);

const MODEL_MIDDLE = middleOf(MODEL.map(({ at }) => at));
const CENTRED = MODEL.map(({ at }) => at.map((value, axis) => value - MODEL_MIDDLE[axis]!));
const WEIGHTS = leastSquaresWeights(CENTRED);

/**
 * Turns of the head, from where the rigid points of the mesh lie on screen: an average head under weak perspective,
 * least squares, then the nearest rotation. The depth axis alone tells pitch, so that a long or a short face does not
 * read as a nod.
 *
 * Against FSA-Net (two networks averaged) on 399 photographs of LFW: yaw differs by 1.9° on average; pitch by 2.6° beside
 * a constant 2.7°, the two having different zeros.
 *
 * @param mesh 468 points.
 * @returns    undefined when the points lie in a line.
 * @source     scaled orthography: DeMenthon and Davis, IJCV 15, 1995; symmetric orthogonalisation: Löwdin, 1950.
 */
export function headPose(mesh: readonly Point[], points: FivePoints): HeadPose | undefined {
  const tilt = eyeLineTilt(points.subjectRightEye, points.subjectLeftEye);
  const cos = Math.cos(tilt);
  const sin = Math.sin(tilt);
  const across: [number, number, number] = [0, 0, 0];
  const down: [number, number, number] = [0, 0, 0];
  MODEL.forEach(({ index }, i) => {
    const { x, y } = mesh[index]!;
    for (let axis = 0; axis < 3; axis++) {
      const weight = WEIGHTS[i]![axis]!;
      across[axis]! += weight * (cos * x + sin * y);
      down[axis]! += weight * (cos * y - sin * x);
    }
  });
  const rows = orthonormal(across, down);
  if (!rows) return undefined;
  const [right, low] = rows;
  const away = right[0] * low[1] - right[1] * low[0];
  return { yaw: inDegrees(Math.atan2(-right[2], away)), pitch: inDegrees(Math.asin(low[2])) };
}

const inDegrees = (radians: number): number => (radians * 180) / Math.PI;

/** The two perpendicular unit rows nearest to two given ones: (M·Mᵀ)^−½·M. */
function orthonormal(first: Triple, second: Triple): readonly [Triple, Triple] | undefined {
  const aa = dot(first, first);
  const bb = dot(second, second);
  const ab = dot(first, second);
  const area = Math.sqrt(aa * bb - ab * ab);
  if (!(area > 1e-6 * (aa + bb))) return undefined;
  // Square root of a 2×2 matrix with trace t and determinant d²: (M + d·I) ÷ √(t + 2d).
  const scale = area * Math.sqrt(aa + bb + 2 * area);
  const combine = (p: number, q: number): Triple => [
    (p * first[0] + q * second[0]) / scale,
    (p * first[1] + q * second[1]) / scale,
    (p * first[2] + q * second[2]) / scale,
  ];
  return [combine(bb + area, -ab), combine(-ab, aa + area)];
}

const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function middleOf(points: readonly (readonly number[])[]): Triple {
  const mean = (axis: number) => points.reduce((sum, point) => sum + point[axis]!, 0) / points.length;
  return [mean(0), mean(1), mean(2)];
}

/** Rows of X·(XᵀX)⁻¹: what each point counts for in each of the three coefficients. X is centred, so offsets drop out. */
function leastSquaresWeights(points: readonly (readonly number[])[]): readonly Triple[] {
  const moment = (a: number, b: number) => points.reduce((sum, point) => sum + point[a]! * point[b]!, 0);
  const xx = moment(0, 0);
  // The head is symmetric: x is uncorrelated with y and z.
  const yy = moment(1, 1);
  const yz = moment(1, 2);
  const zz = moment(2, 2);
  const determinant = yy * zz - yz * yz;
  return points.map(([x, y, z]) => [
    x! / xx,
    (zz * y! - yz * z!) / determinant,
    (yy * z! - yz * y!) / determinant,
  ]);
}
