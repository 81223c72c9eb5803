import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AnalysedFace, AnalysedImage } from '@facegate/engine/vocabulary';
import { drawFacesAsPng, drawFacesAsSvg } from '../drawing/draw-faces.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { ofPicture } from '../failure.ts';
import { columns } from '../output/columns.ts';
import type { Outside } from '../outside.ts';
import { readPicture } from '../read-picture.ts';
import { withEngine } from '../with-engine.ts';

export interface DetectOptions {
  readonly all?: boolean;
  readonly draw?: string;
  readonly pack?: string;
  readonly json?: boolean;
}

/** `facegate detect`: where the faces of a picture are. */
export async function detectCommand(
  outside: Outside,
  path: string,
  options: DetectOptions,
): Promise<ExitCode> {
  const bytes = await readPicture(outside, path);
  const { image, packId } = await withEngine(outside, { ...options, workers: 1 }, async (engine) => {
    const request = { faces: options.all ? 'all' : 'central', mesh: options.draw !== undefined } as const;
    const found = await engine.analyse(bytes, request).catch((cause) => {
      throw ofPicture(path, cause);
    });
    return { image: found, packId: engine.pack.packId };
  });
  if (options.draw !== undefined) {
    const { overlaySvg } = await outside.openEngine();
    const draw = /\.svg$/i.test(options.draw) ? drawFacesAsSvg : drawFacesAsPng;
    const drawing = await draw(bytes, { image, overlaySvg, options: { portrait: '3:4' } });
    await writeFile(resolve(outside.currentFolder, options.draw), drawing);
  }
  outside.print(options.json ? toJson(path, packId, image) : describe(path, image, options.draw));
  return image.faces.length > 0 ? EXIT.success : EXIT.negative;
}

/** The mesh stays out: 468 points a face are for drawing, not for reading. */
function toJson(path: string, packId: string, image: AnalysedImage): string {
  const faces = image.faces.map(({ box, landmarks, roll, detectionScore }) => ({
    box,
    landmarks,
    rollDegrees: roll,
    detectionScore,
  }));
  const { width, height, stageMs } = image;
  return JSON.stringify({ path, packId, width, height, faces, stageMs }, undefined, 2);
}

function describe(path: string, image: AnalysedImage, drawing: string | undefined): string {
  const count = image.faces.length === 1 ? '1 face' : `${image.faces.length || 'no'} faces`;
  const lines = [`${path}: ${image.width} × ${image.height} px, ${count}`];
  if (image.faces.length > 0) {
    const head = ['face', 'x', 'y', 'width', 'height', 'roll°', 'score'];
    lines.push(columns([head, ...image.faces.map(toRow)]));
  }
  if (drawing !== undefined) lines.push(`Drawn to ${drawing}`);
  return lines.join('\n');
}

function toRow({ box, roll, detectionScore }: AnalysedFace, index: number): string[] {
  const pixels = [box.x, box.y, box.width, box.height].map((value) => String(Math.round(value)));
  return [String(index), ...pixels, roll.toFixed(1), detectionScore.toFixed(3)];
}
