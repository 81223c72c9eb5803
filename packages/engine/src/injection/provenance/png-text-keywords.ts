const SIGNATURE_BYTES = 8;
/** Length and type before a chunk's data, checksum after it. */
const BEFORE = 8;
const AFTER = 4;
const TEXT_CHUNKS: ReadonlySet<string> = new Set(['tEXt', 'zTXt', 'iTXt']);

/** A picture has a handful of chunks before its pixels; a hostile one may have millions. */
const CHUNKS_MAX = 1000;

/** @source PNG (third edition), 79 bytes at most. */
const KEYWORD_MAX = 79;

/** Keywords of a PNG's text chunks, in their order; those that can be reached before the file breaks off. */
export function pngTextKeywords(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const keywords: string[] = [];
  let at = SIGNATURE_BYTES;
  for (let chunk = 0; chunk < CHUNKS_MAX && at + BEFORE <= file.length; chunk++) {
    const length = file.readUInt32BE(at);
    const data = at + BEFORE;
    if (TEXT_CHUNKS.has(file.toString('latin1', at + 4, data))) {
      const head = file.toString('latin1', data, data + Math.min(length, KEYWORD_MAX + 1));
      keywords.push(head.split('\0', 1)[0] ?? '');
    }
    at = data + length + AFTER;
  }
  return keywords;
}
