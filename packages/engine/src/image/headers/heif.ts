import { fourLetters, type HeaderReader, type ImageHeader } from './header.ts';

/** A box's payload. */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The largest picture among the items, thumbnails and tiles included: an item cannot be decoded larger than its
 * property says.
 *
 * @source ISO/IEC 23008-12, 6.5.3 (`ispe`), inside `meta` › `iprp` › `ipco`.
 */
export const readHeifHeader: HeaderReader = (view) => {
  const file = { type: '', start: 0, end: view.byteLength };
  const meta = child(view, file, 'meta');
  // `meta` carries a version and flags before its children.
  const properties = meta && child(view, { ...meta, start: meta.start + 4 }, 'iprp');
  const container = properties && child(view, properties, 'ipco');
  if (!container) return undefined;
  let largest: ImageHeader | undefined;
  for (const box of children(view, container)) {
    if (box.type !== 'ispe') continue;
    const sides = { width: view.getUint32(box.start + 4), height: view.getUint32(box.start + 8) };
    if (!largest || sides.width * sides.height > largest.width * largest.height) largest = sides;
  }
  return largest;
};

function child(view: DataView, parent: Box, type: string): Box | undefined {
  for (const box of children(view, parent)) if (box.type === type) return box;
  return undefined;
}

function* children(view: DataView, { start, end }: Box): Generator<Box> {
  let at = start;
  while (at + 8 <= end) {
    const declared = view.getUint32(at);
    const headerSize = declared === 1 ? 16 : 8;
    const size = declared === 1 ? Number(view.getBigUint64(at + 8)) : declared || end - at;
    if (size < headerSize) return;
    yield { type: fourLetters(view, at + 4), start: at + headerSize, end: Math.min(end, at + size) };
    at += size;
  }
}
