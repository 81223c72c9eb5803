/**
 * A process of its own for one clip: decoders of video are large, written in C and fed by strangers. Whatever happens
 * to them happens here.
 *
 * @module
 */
import { writeSync } from 'node:fs';
import { EngineError } from '../vocabulary/errors.ts';
import { checkVideo, type DecodingTask, decodeVideo } from './decode-video.ts';
import { type DecoderMessage, encodeMessage } from './messages.ts';

/** Not the standard output: libraries write there. */
const MESSAGES = 3;

const task = JSON.parse(process.argv[2] ?? '') as DecodingTask;
// Decoders hold no reference to the event loop: without this it would end while they work. And no orphan stays.
setTimeout(() => process.exit(1), 2 * task.limits.deadlineMs);

try {
  if (task.samples === 0) await tellOpened();
  else await tellFrames();
} catch (error) {
  tell({ kind: 'error', ...failure(error) });
}
process.exit(0);

async function tellOpened(): Promise<void> {
  await checkVideo(task);
  tell({ kind: 'opened' });
}

async function tellFrames(): Promise<void> {
  const frames = decodeVideo(task);
  for (;;) {
    const next = await frames.next();
    if (next.done) return tell({ kind: 'end', facts: next.value });
    const { timestampSeconds, image } = next.value;
    const { width, height, pixels } = image;
    tell({ kind: 'frame', timestampSeconds, width, height }, pixels);
  }
}

/** Waits until the reader has taken it: so the next frame is decoded while one is looked at, and no further. */
function tell(message: DecoderMessage, pixels?: Uint8Array): void {
  for (const piece of encodeMessage(message, pixels)) {
    for (let written = 0; written < piece.length; ) written += writeSync(MESSAGES, piece, written);
  }
}

/** The text of a foreign error may quote the file. */
function failure(error: unknown): Pick<EngineError, 'code' | 'message'> {
  if (error instanceof EngineError) return { code: error.code, message: error.message };
  const name = error instanceof Error ? error.name : 'unknown';
  return { code: 'image-unreadable', message: `The decoder gave up (${name}).` };
}
