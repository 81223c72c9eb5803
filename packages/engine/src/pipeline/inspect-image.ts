import { readFile } from 'node:fs/promises';
import { decodeImage } from '../image/decode.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { AnalysisOptions } from './analyse-image.ts';

/**
 * Decodes a picture as an analysis would, and keeps nothing of it.
 *
 * @param picture  its bytes, or the path of its file.
 * @throws EngineError `image-empty`, `unsupported-media`, `payload-too-large`, `image-unreadable`; `timeout` when nobody
 *   waits any more.
 */
export async function inspectImage(
  picture: Uint8Array | string,
  { limits, isCancelled = () => false }: AnalysisOptions,
): Promise<undefined> {
  if (isCancelled()) throw new EngineError('timeout', 'The request was given up before it was finished.');
  await decodeImage(typeof picture === 'string' ? await readFile(picture) : picture, limits);
  return undefined;
}
