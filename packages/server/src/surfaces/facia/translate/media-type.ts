import type { Media } from '../../../domain/cases/cases.ts';

/** By their first bytes, JPEG and PNG. */
const STILLS = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
] as const;

/** Brands of the same container that are no MP4: still pictures, and QuickTime. */
const OTHER_BRANDS = /^(hei[cxms]|hev[cx]|mif1|msf1|avi[fs]|qt {2})$/;

/** What bytes are, of the vendor's four file types; undefined for anything else. */
export function mediaTypeOf(bytes: Uint8Array): Media['type'] | undefined {
  if (STILLS.some((head) => head.every((byte, i) => bytes[i] === byte))) return 'image';
  const [box, brand] = [latin1(bytes, 4), latin1(bytes, 8)];
  return box === 'ftyp' && brand.length === 4 && !OTHER_BRANDS.test(brand) ? 'video' : undefined;
}

const latin1 = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
