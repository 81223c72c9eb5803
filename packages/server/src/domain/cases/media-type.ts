import { errors } from '../errors.ts';
import type { Media } from './cases.ts';

const JPEG = '\xff\xd8\xff';
const PNG = '\x89PNG\r\n\x1a\n';
/** @source ISO/IEC 14496-12, 4.3: the first box of the file, and what it is for. */
const MP4 = /^....ftyp(?!heic|heix|hevc|mif1|msf1|avif|avis)/s;
const HEAD_BYTES = 16;

/**
 * What the first bytes say that a medium is.
 *
 * @throws FaceError `image-empty`, `unsupported-media`.
 */
export function mediaTypeOf(medium: Media): 'image/jpeg' | 'image/png' | 'video/mp4' {
  const { type } = medium;
  const bytes = medium.bytes ?? medium.file.head;
  if (bytes.length === 0) throw errors.imageEmpty();
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
  if (type === 'image' && head.startsWith(JPEG)) return 'image/jpeg';
  if (type === 'image' && head.startsWith(PNG)) return 'image/png';
  if (type === 'video' && MP4.test(head)) return 'video/mp4';
  throw errors.unsupportedMedia();
}
