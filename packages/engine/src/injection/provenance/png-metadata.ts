const SIGNATURE_BYTES = 8;
/** Length and type before a chunk's data, checksum after it. */
const BEFORE = 8;
const AFTER = 4;
const TEXT_CHUNKS: ReadonlySet<string> = new Set(['tEXt', 'zTXt', 'iTXt']);

/** A picture has a handful of chunks before its pixels; a hostile one may have millions. */
const CHUNKS_MAX = 1000;

/** Longer texts are read up to here. */
const TEXT_BYTES_MAX = 256 * 1024;

interface PngText {
  readonly keyword: string;
  /** As it stands in the file, in latin-1; nothing is inflated, since a small file may inflate to any size. */
  readonly content: string;
}

export interface PngMetadata {
  readonly texts: readonly PngText[];
  /** A TIFF structure. */
  readonly exif?: Uint8Array;
}

/**
 * Texts and EXIF of a PNG, as far as they can be reached before the file breaks off.
 *
 * Read here because the EXIF library inflates a PNG's colour profile, whatever its size, to read anything at all.
 *
 * @source PNG (third edition), chunks tEXt, zTXt, iTXt, eXIf.
 */
export function readPngMetadata(bytes: Uint8Array): PngMetadata {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: PngText[] = [];
  let exif: Uint8Array | undefined;
  let at = SIGNATURE_BYTES;
  for (let chunk = 0; chunk < CHUNKS_MAX && at + BEFORE <= file.length; chunk++) {
    const length = file.readUInt32BE(at);
    const data = at + BEFORE;
    const type = file.toString('latin1', at + 4, data);
    if (TEXT_CHUNKS.has(type)) texts.push(textOf(file.subarray(data, data + length)));
    if (type === 'eXIf') exif = file.subarray(data, data + length);
    at = data + length + AFTER;
  }
  return { texts, ...(exif && { exif }) };
}

function textOf(data: Buffer): PngText {
  const text = data.toString('latin1', 0, TEXT_BYTES_MAX);
  const end = text.indexOf('\0');
  return end < 0
    ? { keyword: text, content: '' }
    : { keyword: text.slice(0, end), content: text.slice(end + 1) };
}
