import type { HeaderReader } from './header.ts';

const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;
const SHORT = 3;
const LONG = 4;

/** More directories than this are refused: a decoder walks all of them to count the pages. */
const DIRECTORIES_MAX = 1000;

/** Sides of the first page. @source TIFF 6.0, section 2. */
export const readTiffHeader: HeaderReader = (view) => {
  const isLittleEndian = view.getUint8(0) === 0x49;
  const first = view.getUint32(4, isLittleEndian);
  if (!hasFewDirectories(view, first, isLittleEndian)) return undefined;
  const entries = view.getUint16(first, isLittleEndian);
  let width = 0;
  let height = 0;
  for (let at = first + 2; at < first + 2 + 12 * entries; at += 12) {
    const tag = view.getUint16(at, isLittleEndian);
    if (tag === IMAGE_WIDTH) width = entryValue(view, at, isLittleEndian);
    if (tag === IMAGE_LENGTH) height = entryValue(view, at, isLittleEndian);
  }
  return { width, height };
};

function entryValue(view: DataView, at: number, isLittleEndian: boolean): number {
  const type = view.getUint16(at + 2, isLittleEndian);
  if (type === SHORT) return view.getUint16(at + 8, isLittleEndian);
  return type === LONG ? view.getUint32(at + 8, isLittleEndian) : 0;
}

function hasFewDirectories(view: DataView, first: number, isLittleEndian: boolean): boolean {
  let at = first;
  for (let count = 0; count < DIRECTORIES_MAX; count++) {
    const next = at + 2 + 12 * view.getUint16(at, isLittleEndian);
    // Some writers end the file without the closing offset.
    at = next + 4 <= view.byteLength ? view.getUint32(next, isLittleEndian) : 0;
    if (at === 0 || at + 2 > view.byteLength) return true;
  }
  return false;
}
