import { readFile } from 'node:fs/promises';
import type { BoundingBox, Engine } from '@facegate/engine';
import sharp from 'sharp';
import type { Sample } from '../datasets/dataset.ts';
import { isGenerated } from '../datasets/generated-faces.ts';
import { sequenceFor } from './encode-alike.ts';
import { between } from './manipulation.ts';
import type { Trial } from './trial.ts';

/** Side of the square that is cut, in widths of the face, and of the picture made of it, px: smaller than any source. */
const REACH = 1.6;
const SIDE = 200;

/**
 * Generated faces and photographs, all cut to the same square around the face, shrunk to one size and compressed at a
 * quality drawn by name. Faces in which that would mean enlarging are left out.
 */
export async function* generatedTrials(
  engine: Pick<Engine, 'analyse'>,
  samples: readonly Sample[],
): AsyncGenerator<Trial> {
  for (const { id, subject, file } of samples) {
    const bytes = await readFile(file);
    const { faces, width, height } = await engine.analyse(bytes, { faces: 'central' });
    const square = faces[0] && squareAround(faces[0].box, { width, height });
    if (!square || square.width < SIDE) continue;
    const quality = Math.round(between(sequenceFor(id, 'encoding'), 75, 95));
    const alike = await sharp(bytes)
      .autoOrient()
      .extract(square)
      .resize(SIDE, SIDE, { kernel: 'lanczos3' })
      .jpeg({ quality })
      .toBuffer();
    yield { id, subject, kind: isGenerated({ id }) ? 'stylegan3' : 'genuine', bytes: alike };
  }
}

function squareAround(box: BoundingBox, picture: { readonly width: number; readonly height: number }) {
  const side = Math.floor(Math.min(REACH * box.width, picture.width, picture.height));
  const place = (middle: number, whole: number): number =>
    Math.round(Math.min(whole - side, Math.max(0, middle - side / 2)));
  return {
    left: place(box.x + box.width / 2, picture.width),
    top: place(box.y + box.height / 2, picture.height),
    width: side,
    height: side,
  };
}
