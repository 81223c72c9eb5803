import { fourLetters, type HeaderReader } from './header.ts';

const FIRST_CHUNK = 8;
/** Length, type and check sum around a chunk's data. */
const CHUNK_FRAME = 12;

/**
 * The IHDR chunk must come first and an IEND chunk must exist: decoders do without the end once they have all rows, but
 * a file cut short is refused.
 *
 * @source W3C PNG, third edition, 5.6 and 11.2.1.
 */
export const readPngHeader: HeaderReader = (view) => {
  if (fourLetters(view, FIRST_CHUNK + 4) !== 'IHDR') return undefined;
  const header = { width: view.getUint32(FIRST_CHUNK + 8), height: view.getUint32(FIRST_CHUNK + 12) };
  let at = FIRST_CHUNK;
  while (fourLetters(view, at + 4) !== 'IEND') at += CHUNK_FRAME + view.getUint32(at);
  return at + CHUNK_FRAME <= view.byteLength ? header : undefined;
};
