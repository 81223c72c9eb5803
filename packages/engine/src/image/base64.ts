import { EngineError } from '../vocabulary/errors.ts';
import { checkBytes } from './limits.ts';

const DATA_URI = /^data:image\/[a-z0-9.+-]{1,40};base64,/i;

/**
 * Decodes base64 (RFC 4648, section 4), with or without a `data:image/…;base64,` prefix. Strict: canonical padding, no
 * white space, no URL alphabet.
 *
 * `Buffer.from` skips what it does not know. So the text must be ASCII, free of the URL letters it would accept, and
 * decode to exactly the length it should; only then was every letter understood.
 *
 * @param bytesMax  of the decoded bytes; checked before decoding.
 * @throws EngineError `image-empty`, `payload-too-large`, `image-unreadable`.
 * @cost   native code only; a few milliseconds for 5 MB.
 */
export function decodeBase64(text: string, { bytesMax }: { readonly bytesMax: number }): Uint8Array {
  const prefix = DATA_URI.exec(text.slice(0, 64))?.[0] ?? '';
  const letters = text.slice(prefix.length);
  if (letters.length === 0) throw new EngineError('image-empty', 'The image has no bytes.');
  const byteCount = Math.floor((letters.length * 3) / 4) - paddingOf(letters);
  checkBytes(byteCount, { bytesMax });
  const isWhole = letters.length % 4 === 0 && Buffer.byteLength(letters, 'utf8') === letters.length;
  const isStandard = isWhole && !letters.includes('-') && !letters.includes('_');
  const bytes = isStandard ? Buffer.from(letters, 'base64') : undefined;
  if (bytes?.length !== byteCount || !endsAlike(bytes, letters)) {
    throw new EngineError('image-unreadable', 'The text is not base64.');
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

const paddingOf = (letters: string): number => (letters.endsWith('==') ? 2 : letters.endsWith('=') ? 1 : 0);

/** The last letters say nothing beyond the last bytes. */
const endsAlike = (bytes: Buffer, letters: string): boolean =>
  bytes.subarray(bytes.length - (bytes.length % 3 || 3)).toString('base64') === letters.slice(-4);
