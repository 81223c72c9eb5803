import exifr from 'exifr';
import type { ImageFormat } from '../../image/format.ts';
import { namesGeneratedSource } from './generated-source.ts';
import { readPngMetadata } from './png-metadata.ts';

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
  if (format === 'png') return isGeneratedPng(bytes);
  return CARRIES_EXIF.has(format) && isGeneratedByExif(bytes);
}

const CARRIES_EXIF: ReadonlySet<ImageFormat> = new Set(['jpeg', 'tiff', 'heic', 'avif']);

async function isGeneratedPng(bytes: Uint8Array): Promise<boolean> {
  const { texts, exif } = readPngMetadata(bytes);
  const isGenerated = texts.some(
    ({ keyword, content }) =>
      PROMPT_KEYWORDS.has(keyword) ||
      (keyword === 'Software' && GENERATORS.test(content)) ||
      namesGeneratedSource(content),
  );
  return isGenerated || (exif !== undefined && isGeneratedByExif(exif));
}

/** Broken metadata are common and say nothing: they read as none. */
async function isGeneratedByExif(bytes: Uint8Array): Promise<boolean> {
  const found = await exifr.parse(bytes, EXIF_OPTIONS).catch(() => undefined);
  const software = String(found?.ifd0?.Software ?? '');
  return GENERATORS.test(software) || namesGeneratedSource(String(found?.xmp ?? ''));
}

/** XMP is wanted as it stands, which the library can do and its types do not know. */
const EXIF_OPTIONS = {
  mergeOutput: false,
  ifd0: { pick: ['Software'] },
  exif: false,
  gps: false,
  xmp: { parse: false },
} as unknown as Parameters<typeof exifr.parse>[1];
