import { EngineError } from '../vocabulary/errors.ts';

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'bmp' | 'avif' | 'heic';

/** Sizes of the second header of a BMP; anything else behind "BM" is chance. */
const BMP_HEADER_SIZES: readonly number[] = [12, 40, 52, 56, 64, 108, 124];

const HEIC_BRANDS: readonly string[] = ['heic', 'heix', 'hevc', 'hevx', 'mif1', 'msf1'];

/**
 * Tells the format by its first bytes. Nothing that is not on this list ever reaches a decoder: no SVG, GIF, PDF,
 * PostScript, JPEG 2000, whatever the file or its media type is called.
 *
 * @throws EngineError `image-empty` for no bytes, `unsupported-media` for any other format.
 */
export function sniffFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new EngineError('image-empty', 'The image has no bytes.');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'webp';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (head.startsWith('BM') && BMP_HEADER_SIZES.includes(uint32At(bytes, 14))) return 'bmp';
  const heif = head.startsWith('ftyp', 4) ? heifFormat(bytes, head) : undefined;
  if (heif) return heif;
  throw new EngineError('unsupported-media', 'The bytes are not of an accepted image format.');
}

/** AVIF and HEIC share a container; the brands tell which codec is inside. */
function heifFormat(bytes: Uint8Array, head: string): ImageFormat | undefined {
  const boxEnd = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0);
  const major = head.slice(8, 12);
  const compatible = head.slice(16, Math.min(boxEnd, head.length));
  if (major === 'avif' || (HEIC_BRANDS.includes(major) && compatible.includes('avif'))) return 'avif';
  return HEIC_BRANDS.includes(major) ? 'heic' : undefined;
}

function uint32At(bytes: Uint8Array, offset: number): number {
  if (bytes.length < offset + 4) return -1;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(offset, true);
}
