import { chipOfView, type FaceView } from '../alignment/face-view.ts';
import { squareTransform } from '../alignment/square-transform.ts';
import { apply } from '../geometry/affine.ts';
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
      const toImage = squareTransform(window, MESH_SIDE);
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
