import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { errors } from '../../domain/errors.ts';
import type { Content, Pieces } from '../../ports/content.ts';
import type { DataKey, SealContext } from '../../ports/keys.ts';
import { associatedData, CIPHER, NONCE_BYTES, openWith, SEAL_BYTES, TAG_BYTES } from './seal.ts';
import { segmentsOf } from './segments.ts';

/** Content of every segment but the last: what is sealed, and held in memory, at a time. */
const SEGMENT_BYTES = 1_048_576;
const SEALED_SEGMENT_BYTES = SEGMENT_BYTES + TAG_BYTES;

/** Begins what is sealed in segments. A whole seal begins with a random nonce; one in 2^96 would begin so. */
const MAGIC = Buffer.from('facegate-stream1', 'latin1');
const SALT_BYTES = 32;
const HEAD_BYTES = MAGIC.length + SALT_BYTES;
const SEGMENT_KEY_BYTES = 32;

/**
 * Seals content in segments: magic and salt, then ciphertext and tag of each. They are sealed with AES-256-GCM under a
 * key of this content alone; their number, and which is the last, is part of nonce and associated data.
 *
 * @source STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
 *   Misuse-Resistance", CRYPTO 2015. HKDF-SHA256: RFC 5869.
 */
export async function* sealPieces(
  key: DataKey,
  content: Pieces,
  context: SealContext,
): AsyncGenerator<Uint8Array> {
  const head = Buffer.concat([MAGIC, randomBytes(SALT_BYTES)]);
  yield head;
  const place = placesOf(key, head, context);
  for await (const { bytes, isLast } of segmentsOf(content, SEGMENT_BYTES)) {
    const { segmentKey, nonce, associated } = place(isLast);
    const cipher = createCipheriv(CIPHER, segmentKey, nonce).setAAD(associated);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** As `Keys.openContent`. */
export async function openContent(key: DataKey, sealed: Content, context: SealContext): Promise<Content> {
  const head = await headOf(sealed);
  if (!head.subarray(0, MAGIC.length).equals(MAGIC)) return openWhole(key, sealed, context);
  const segmentsBytes = sealed.sizeBytes - HEAD_BYTES;
  const segments = Math.ceil(segmentsBytes / SEALED_SEGMENT_BYTES);
  if (segmentsBytes < TAG_BYTES) throw errors.internal('a seal is too short');
  return {
    sizeBytes: segmentsBytes - segments * TAG_BYTES,
    read: () => openSegments(placesOf(key, head, context), sealed),
  };
}

async function* openSegments(place: NextPlace, sealed: Content): AsyncGenerator<Uint8Array> {
  for await (const { bytes, isLast } of segmentsOf(afterHead(sealed), SEALED_SEGMENT_BYTES)) {
    yield openSegment(bytes, place(isLast));
  }
}

function openSegment(sealed: Buffer, { segmentKey, nonce, associated }: Place): Buffer {
  if (sealed.length < TAG_BYTES) throw errors.internal('a seal is too short');
  const decipher = createDecipheriv(CIPHER, segmentKey, nonce, { authTagLength: TAG_BYTES })
    .setAAD(associated)
    .setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const opened = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
    decipher.final();
    return opened;
  } catch (cause) {
    throw errors.internal('a segment does not open: wrong key, wrong place, or changed', cause);
  }
}

/** What one segment is sealed with. */
interface Place {
  readonly segmentKey: Uint8Array;
  readonly nonce: Uint8Array;
  readonly associated: Uint8Array;
}

type NextPlace = (isLast: boolean) => Place;

/** The places of one content's segments, one after another. */
function placesOf(key: DataKey, head: Uint8Array, context: SealContext): NextPlace {
  const salt = head.subarray(MAGIC.length);
  const segmentKey = Buffer.from(hkdfSync('sha256', key, salt, MAGIC, SEGMENT_KEY_BYTES));
  const common = associatedData(MAGIC, context);
  let number = 0;
  return (isLast) => {
    const nonce = Buffer.alloc(NONCE_BYTES);
    // Throws beyond 2^32 segments, which are 4 PiB.
    nonce.writeUInt32BE(number, NONCE_BYTES - 5);
    nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
    const associated = Buffer.concat([common, Buffer.from(` ${number} ${isLast ? 'last' : 'more'}`)]);
    number += 1;
    return { segmentKey, nonce, associated };
  };
}

/** What `seal` sealed opens as a whole, and is held so. */
function openWhole(key: DataKey, sealed: Content, context: SealContext): Content {
  if (sealed.sizeBytes < SEAL_BYTES) throw errors.internal('a seal is too short');
  return {
    sizeBytes: sealed.sizeBytes - SEAL_BYTES,
    read: async function* () {
      const pieces: Uint8Array[] = [];
      for await (const piece of sealed.read()) pieces.push(piece);
      yield openWith(key, Buffer.concat(pieces), { headBytes: 0, context });
    },
  };
}

async function headOf(sealed: Content): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const piece of sealed.read()) {
    head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.length)]);
    if (head.length === HEAD_BYTES) break;
  }
  return head;
}

async function* afterHead(sealed: Content): AsyncGenerator<Uint8Array> {
  let skipped = 0;
  for await (const piece of sealed.read()) {
    const rest = piece.subarray(Math.min(piece.length, HEAD_BYTES - skipped));
    skipped += piece.length - rest.length;
    yield rest;
  }
}
