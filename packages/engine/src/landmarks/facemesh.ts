import { chipOfView, type FaceView } from '../alignment/face-view.ts';
import { type Affine, apply } from '../geometry/affine.ts';
import { openNetwork, outputNamed } from '../runtime/network.ts';
import type { Point } from '../vocabulary/shapes.ts';
import type { MeshWindow } from './facemesh-window.ts';

/** Side of the network's input, px. */
export const MESH_SIDE = 192;

const POINT_COUNT = 468;

export interface Mesh {
  /** 468 points in image pixels, MediaPipe order. */
  readonly points: readonly Point[];
  /** The network's certainty that its window holds a face, 0..1. */
  readonly presence: number;
}

export interface MeshNetwork {
  fit(view: FaceView, window: MeshWindow): Promise<Mesh>;
  release(): Promise<void>;
}

/**
 * The 468-point face mesh. Input RGB 0..1, 192×192.
 *
 * @source  MediaPipe face landmark model.
 * @cost    about 2 ms and one crop.
 */
export async function openFacemesh(file: string): Promise<MeshNetwork> {
  const network = await openNetwork(file);
  return {
    fit: async (view, window) => {
      const toImage = windowToImage(window);
      const data = chipOfView(view, toImage, {
        side: MESH_SIDE,
        colour: 'RGB',
        scale: 255,
        mean: [0, 0, 0],
        std: [1, 1, 1],
      });
      const outputs = await network.run({ data, dims: [1, 3, MESH_SIDE, MESH_SIDE] });
      const mesh = outputNamed(outputs, 'mesh');
      const points = Array.from({ length: POINT_COUNT }, (_, index) =>
        apply(toImage, { x: mesh[index * 3]!, y: mesh[index * 3 + 1]! }),
      );
      return { points, presence: outputNamed(outputs, 'face')[0]! };
    },
    release: () => network.release(),
  };
}

function windowToImage({ centre, side, tiltRadians }: MeshWindow): Affine {
  const scale = side / MESH_SIDE;
  const cos = Math.cos(tiltRadians) * scale;
  const sin = Math.sin(tiltRadians) * scale;
  const half = MESH_SIDE / 2;
  return {
    a: cos,
    b: -sin,
    c: centre.x - (cos - sin) * half,
    d: sin,
    e: cos,
    f: centre.y - (sin + cos) * half,
  };
}
