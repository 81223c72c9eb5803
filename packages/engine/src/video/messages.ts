import type { EngineErrorCode } from '../vocabulary/errors.ts';
import type { VideoFacts } from '../vocabulary/video.ts';
import { PieceReader } from './piece-reader.ts';

/**
 * What the decoder process tells, in this order: frames, then the end; or that it could be opened, where no
 * frames were wanted; or an error at any time, and nothing more.
 */
export type DecoderMessage =
  | {
      readonly kind: 'frame';
      readonly timestampSeconds: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'end'; readonly facts: VideoFacts }
  | { readonly kind: 'opened' }
  | { readonly kind: 'error'; readonly code: EngineErrorCode; readonly message: string };

export interface ReceivedMessage {
  readonly message: DecoderMessage;
  /** A frame's pixels, RGB; otherwise empty. Owns its memory, so that it can be handed to a thread. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** Length of the JSON and of the pixels, 32 bit each. */
const PREFIX_BYTES = 8;
const JSON_BYTES_MAX = 65_536;

/** A message as bytes: prefix and JSON in one piece, then the pixels. */
export function encodeMessage(message: DecoderMessage, pixels?: Uint8Array): readonly Uint8Array[] {
  const json = Buffer.from(JSON.stringify(message));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32LE(json.length, 0);
  prefix.writeUInt32LE(pixels?.length ?? 0, 4);
  const head = Buffer.concat([prefix, json]);
  return pixels ? [head, pixels] : [head];
}

/**
 * Reads messages from a pipe, one at a time: while the reader does not ask, the writer waits.
 *
 * The writer has read a stranger's file, so it is not trusted either.
 *
 * @throws RangeError when a length is beyond its bound; SyntaxError when the JSON is none.
 */
export async function* readMessages(
  pipe: AsyncIterable<Uint8Array>,
  pixelBytesMax: number,
): AsyncGenerator<ReceivedMessage> {
  const bytes = new PieceReader(pipe);
  for (;;) {
    const prefix = await bytes.take(PREFIX_BYTES);
    if (!prefix) return;
    const lengths = new DataView(prefix.buffer);
    const [jsonLength, pixelsLength] = [lengths.getUint32(0, true), lengths.getUint32(4, true)];
    if (jsonLength > JSON_BYTES_MAX || pixelsLength > pixelBytesMax)
      throw new RangeError('A message is too long.');
    const json = await bytes.take(jsonLength);
    const pixels = await bytes.take(pixelsLength);
    if (!json || !pixels) return;
    yield { message: JSON.parse(Buffer.from(json).toString()) as DecoderMessage, pixels };
  }
}
