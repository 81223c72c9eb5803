import { join } from 'node:path';
import type { Dataset } from './dataset.ts';
import { testDataFolder } from './test-data.ts';

/** One scene as it was taken, and with a face swapped by a network. */
interface SceneClip {
  readonly id: 'demo.mp4' | 'demo_fake.mp4';
  readonly kind: 'genuine' | 'swapped';
  /** Filters of ffmpeg that leave the same picture of both, px: the one is larger, the other has black bars. */
  readonly alike: string;
}

/** px, of both clips once they are alike. */
export const SCENE_SIZE = { width: 1280, height: 544 } as const;

export const SCENE_CLIPS: readonly SceneClip[] = [
  { id: 'demo.mp4', kind: 'genuine', alike: 'scale=1280:544' },
  { id: 'demo_fake.mp4', kind: 'swapped', alike: 'crop=1280:544:0:88' },
];

/** Both clips; what they are stands in the place of their subject. */
export function swappedClip(): Dataset {
  const folder = testDataFolder('video');
  const samples = SCENE_CLIPS.map(({ id, kind }) => ({ id, file: join(folder, id), subject: kind }));
  return { name: 'swapped-clip', samples, protocol: [] };
}
