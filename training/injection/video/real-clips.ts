import { join } from 'node:path';
import { SCENE_CLIPS, SCENE_SIZE } from '../../../accuracy/src/datasets/swapped-clip.ts';
import { testDataFolder } from '../../../accuracy/src/datasets/test-data.ts';
import type { Raster } from '../../../accuracy/src/manipulations/raster.ts';
import { framesOf, RATE } from './clip-codec.ts';
import { FRAMES } from './moved-photograph.ts';

interface RealClip {
  readonly name: string;
  readonly kind: 'genuine' | 'swap by a network';
  /** Every frame of the shot at `RATE`, upright, sides even. */
  readonly frames: () => Raster[];
}

/** One scene as it was taken and with a swapped face, cut to the same picture; and a speaker, from one cut to the next. */
export const REAL_CLIPS: readonly RealClip[] = [
  {
    name: 'demo',
    kind: 'genuine',
    frames: () => sceneOf('demo.mp4'),
  },
  {
    name: 'demo_fake',
    kind: 'swap by a network',
    frames: () => sceneOf('demo_fake.mp4'),
  },
  {
    name: 'short_hamilton_clip, 3.2 to 6.8 s',
    kind: 'genuine',
    frames: () =>
      shot(join(testDataFolder('face-recognition'), 'examples', 'short_hamilton_clip.mp4'), {
        width: 640,
        height: 360,
        cut: 'null',
        span: ['-ss', '3.2', '-t', '3.6'],
      }),
  },
];

function sceneOf(id: (typeof SCENE_CLIPS)[number]['id']): Raster[] {
  const cut = SCENE_CLIPS.find((clip) => clip.id === id)?.alike ?? 'null';
  return shot(join(testDataFolder('video'), id), { ...SCENE_SIZE, cut });
}

interface Shot {
  readonly width: number;
  readonly height: number;
  readonly cut: string;
  readonly span?: readonly string[];
}

function shot(file: string, { width, height, cut, span = [] }: Shot): Raster[] {
  return framesOf(file, { size: { width, height }, filters: `fps=${RATE},${cut}`, span });
}

/** Pieces of a clip as the made ones are, one after the other; and as many frames spread over the whole of it. */
export function piecesOf(frames: readonly Raster[]): { readonly piece: string; readonly frames: Raster[] }[] {
  const count = Math.floor(frames.length / FRAMES);
  const inTurn = Array.from({ length: count }, (_, index) => ({
    piece: `second ${index + 1}`,
    frames: frames.slice(index * FRAMES, (index + 1) * FRAMES),
  }));
  const spread = Array.from({ length: FRAMES }, (_, i) =>
    Math.round((i * (frames.length - 1)) / (FRAMES - 1)),
  );
  return [...inTurn, { piece: 'spread', frames: spread.flatMap((at) => frames[at] ?? []) }];
}
