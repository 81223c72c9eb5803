import { type FileHandle, open } from 'node:fs/promises';
import { EngineError } from '../vocabulary/errors.ts';
import type { VideoContainer } from '../vocabulary/video.ts';

/** A clip on disk, as far as its outermost structure tells. */
export interface VideoFile {
  readonly path: string;
  readonly container: VideoContainer;
  /** The header lists every frame: their number is known whether or not the frames are there. */
  readonly listsFrames: boolean;
  /** A part that holds frames reaches beyond the end of the file. */
  readonly endsEarly: boolean;
}

const EBML_MAGIC = 0x1a45dfa3;
/** A box's size and type; the size as 64 bits may follow. */
const BOX_HEADER = 16;
/** A fragment a second for an hour is not more; a file of empty boxes would have millions. */
const BOXES_MAX = 20_000;

/**
 * Tells the container by its first bytes and looks how far it reaches. Nothing else ever comes near a demuxer: no
 * playlist, no list of files, no transport stream, whatever the file is called.
 *
 * @throws EngineError `unsupported-media` for any other format, `payload-too-large` for more parts than a clip has.
 */
export async function readContainer(path: string): Promise<VideoFile> {
  const file = await open(path, 'r');
  try {
    const head = await headerAt(file, 0);
    if (head.length >= 4 && head.readUInt32BE(0) === EBML_MAGIC) {
      return { path, container: 'webm', listsFrames: false, endsEarly: false };
    }
    if (typeOf(head) === 'ftyp') return { path, container: 'mp4', ...(await walkBoxes(file)) };
    throw new EngineError('unsupported-media', 'The bytes are not of an accepted video format.');
  } finally {
    await file.close();
  }
}

/** @source ISO/IEC 14496-12, 4.2: the boxes of a file lie end to end. */
async function walkBoxes(file: FileHandle): Promise<Pick<VideoFile, 'listsFrames' | 'endsEarly'>> {
  const { size: fileSize } = await file.stat();
  let listsFrames = true;
  for (let at = 0, boxes = 0; at + 8 <= fileSize; boxes++) {
    if (boxes > BOXES_MAX) throw new EngineError('payload-too-large', 'The clip has too many parts.');
    const header = await headerAt(file, at);
    const type = typeOf(header);
    const size = sizeOf(header, fileSize - at);
    if (type === 'moof') listsFrames = false;
    if (size < 8) break;
    if (at + size > fileSize) return { listsFrames, endsEarly: holdsFrames(type) };
    at += size;
  }
  return { listsFrames, endsEarly: false };
}

/** Size 1: the size follows as 64 bits. Size 0: to the end of the file. */
function sizeOf(header: Buffer, remaining: number): number {
  const declared = header.readUInt32BE(0);
  if (declared === 0) return remaining;
  if (declared !== 1) return declared;
  return header.length < BOX_HEADER ? 0 : Number(header.readBigUInt64BE(8));
}

const holdsFrames = (type: string): boolean => ['moov', 'moof', 'mdat'].includes(type);

const typeOf = (header: Buffer): string => header.toString('latin1', 4, 8);

async function headerAt(file: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(BOX_HEADER), 0, BOX_HEADER, position);
  return buffer.subarray(0, bytesRead);
}
