import type { IncomingMessage } from 'node:http';
import { errors } from '../../domain/errors.ts';

const FIRST_BYTES = 65_536;

/**
 * The whole body of an answer, if it is one that can hold an image. What it holds is not judged here.
 *
 * @returns bytes that own their memory, so they can be moved to another thread.
 * @throws FaceError `payload-too-large` above `bytesMax`, before or while the body arrives;
 *   `remote-image-unavailable` for any status but 200 and for a body in a content coding.
 * @throws whatever the network says, also when the body ends before its announced length.
 */
export async function readImage(response: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const { statusCode, headers } = response;
  if (statusCode !== 200) throw errors.remoteImageUnavailable(`the host answered ${statusCode}`);
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding.toLowerCase() !== 'identity')
    throw errors.remoteImageUnavailable('the host answered in a content coding');
  const announced = headers['content-length'];
  if (Number(announced) > bytesMax) throw errors.payloadTooLarge();
  let bytes = new Uint8Array(Number(announced ?? Math.min(FIRST_BYTES, bytesMax)));
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (size + chunk.length > bytesMax) throw errors.payloadTooLarge();
    bytes = withRoom(bytes, size + chunk.length, bytesMax);
    bytes.set(chunk, size);
    size += chunk.length;
  }
  return size === bytes.length ? bytes : bytes.slice(0, size);
}

/** Grown rather than gathered: a host that sends byte by byte would make objects much larger than its bytes. */
function withRoom(bytes: Uint8Array<ArrayBuffer>, size: number, bytesMax: number): Uint8Array<ArrayBuffer> {
  if (size <= bytes.length) return bytes;
  const grown = new Uint8Array(Math.min(bytesMax, Math.max(size, 2 * bytes.length)));
  grown.set(bytes);
  return grown;
}
