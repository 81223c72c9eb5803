import exifr from 'exifr';
import type { ImageFormat } from '../../image/format.ts';
import { namesGeneratedSource } from './generated-source.ts';
import { pngTextKeywords } from './png-text-keywords.ts';

/** Programs that make pictures from words, as they name themselves. */
const GENERATORS =
  /stable.?diffusion|midjourney|dall.?e|firefly|comfyui|invokeai|novelai|automatic1111|leonardo\.ai|imagen|\bflux\b/i;

/** Keywords under which generators keep their prompt and settings in a PNG. */
const PROMPT_KEYWORDS: ReadonlySet<string> = new Set([
  'parameters',
  'prompt',
  'workflow',
  'Dream',
  'sd-metadata',
  'invokeai_metadata',
]);

/** Whether metadata name a generator as the origin. */
export async function isGeneratedByMetadata(bytes: Uint8Array, format: ImageFormat): Promise<boolean> {
  if (format === 'png' && pngTextKeywords(bytes).some((keyword) => PROMPT_KEYWORDS.has(keyword))) return true;
  if (!CARRIES_EXIF.has(format)) return false;
  const { software, xmp } = await metadataOf(bytes);
  return GENERATORS.test(software) || namesGeneratedSource(xmp);
}

const CARRIES_EXIF: ReadonlySet<ImageFormat> = new Set(['jpeg', 'png', 'tiff', 'heic', 'avif']);

/** Broken metadata are common and say nothing: they read as none. */
async function metadataOf(bytes: Uint8Array): Promise<{ readonly software: string; readonly xmp: string }> {
  const options = {
    mergeOutput: false,
    ifd0: { pick: ['Software'] },
    exif: false,
    gps: false,
    xmp: { parse: false },
  };
  const found = await exifr
    .parse(bytes, options as unknown as Parameters<typeof exifr.parse>[1])
    .catch(() => undefined);
  return { software: String(found?.ifd0?.Software ?? ''), xmp: String(found?.xmp ?? '') };
}
