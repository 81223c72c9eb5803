import { EngineError } from '@facegate/engine/vocabulary';

/** How an MP4 begins. */
const HEAD = Buffer.from('\0\0\0\u0010ftypisom\0\0\0\0', 'latin1');
const LENGTH_BYTES = 4;

/** A clip of drawn pictures, for the fake engine alone: the head of an MP4, then each picture after its length. */
export const clipOf = (pictures: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([HEAD, ...pictures.flatMap((picture) => [lengthOf(picture), picture])]);

function lengthOf(picture: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(picture.length);
  return length;
}

/** @throws EngineError `image-unreadable` for anything but a whole clip. */
export function framesIn(bytes: Uint8Array): Uint8Array[] {
  const clip = Buffer.from(bytes);
  const frames: Uint8Array[] = [];
  let at = HEAD.length;
  while (at + LENGTH_BYTES < clip.length) {
    const end = at + LENGTH_BYTES + clip.readUInt32BE(at);
    if (end > clip.length) break;
    frames.push(clip.subarray(at + LENGTH_BYTES, end));
    at = end;
  }
  if (frames.length === 0 || at !== clip.length) {
    throw new EngineError('image-unreadable', 'Not a clip of drawn pictures.');
  }
  return frames;
}

/** What can be told before a picture of a clip is looked at. @throws EngineError `image-unreadable`. */
export function openClip(bytes: Uint8Array): void {
  const holdsPictures = bytes.length > HEAD.length + LENGTH_BYTES;
  if (!holdsPictures || !HEAD.equals(bytes.subarray(0, HEAD.length))) {
    throw new EngineError('image-unreadable', 'Not a clip of drawn pictures.');
  }
}
