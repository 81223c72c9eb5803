import type { EncodedImage } from '../../../domain/acquisition/acquire.ts';
import { errors, FaceError } from '../../../domain/errors.ts';
import { beginningOf, type EncodedText, isEncodedText } from '../../../http/encoded-text.ts';
import { decodeBase64Image } from '../../../http/image-input.ts';
import type { SurfaceTools } from '../../../http/surface.ts';
import { type ImageField, payloadRefusal } from '../coded-refusal.ts';
import type { Payload } from '../wire/payload.ts';

/** The vendor's: 5 MiB of encoded picture. */
const IMAGE_BYTES_MAX = 5_242_880;

/** The vendor's: for all that it takes to fetch a picture. */
const FETCH_TIMEOUT_MS = 15_000;

/** What pictures are made of text or address with. */
export interface PictureSources extends Pick<SurfaceTools, 'fetchImage'> {
  /** Of this server, bytes. */
  readonly imageBytesMax: number;
  /** Of the request. */
  readonly signal: AbortSignal;
}

const ADDRESS = /^https?:\/\//i;

/**
 * The picture in a field, by content or by address. Text that is neither is refused at once; all else is found out when
 * the picture is needed.
 *
 * @throws CodedRefusal
 */
export function imageOf(payload: Payload, field: ImageField, sources: PictureSources): EncodedImage {
  const text = payload[field];
  if (!isEncodedText(text) || text === '') throw payloadRefusal('INVALID_PAYLOAD_IMAGE_MISSING', field);
  const bytesMax = Math.min(IMAGE_BYTES_MAX, sources.imageBytesMax);
  const read = ADDRESS.test(beginningOf(text, 8))
    ? () => fetchPicture(String(text), { field, bytesMax, sources })
    : decodePicture(text, { field, bytesMax });
  return async () => jpegOrPng(await read());
}

interface Reading {
  readonly field: ImageField;
  readonly bytesMax: number;
}

/** A picture that is too large is well-formed so far: what else is wrong with the request is told before that. */
function decodePicture(text: EncodedText, { field, bytesMax }: Reading): () => Uint8Array {
  try {
    const bytes = decodeBase64Image(text, bytesMax);
    return () => bytes;
  } catch (error) {
    if (!(error instanceof FaceError)) throw error;
    if (error.code !== 'payload-too-large') throw payloadRefusal('INVALID_PAYLOAD_IMAGE_MISSING', field);
    return () => {
      throw error;
    };
  }
}

async function fetchPicture(
  address: string,
  { field, bytesMax, sources: { fetchImage, signal } }: Reading & { readonly sources: PictureSources },
): Promise<Uint8Array> {
  if (fetchImage === undefined) throw payloadRefusal('INVALID_PAYLOAD_IMAGE_FORMAT', field);
  try {
    return await fetchImage(address, signal, { timeoutMs: FETCH_TIMEOUT_MS, bytesMax });
  } catch (error) {
    if (!(error instanceof FaceError)) throw error;
    if (error.code === 'timeout' && !signal.aborted) {
      throw payloadRefusal('INVALID_PAYLOAD_IMAGE_TIMEOUT', field);
    }
    if (error.code === 'remote-image-refused' || error.code === 'remote-image-unavailable') {
      throw payloadRefusal('INVALID_PAYLOAD_IMAGE_FORMAT', field);
    }
    throw error;
  }
}

const HEADS = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
] as const;

/** The vendor takes no other formats, though the engine does. @throws FaceError `unsupported-media`. */
function jpegOrPng(bytes: Uint8Array): Uint8Array {
  if (HEADS.some((head) => head.every((byte, i) => bytes[i] === byte))) return bytes;
  throw errors.unsupportedMedia();
}
