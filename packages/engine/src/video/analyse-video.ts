import { stat } from 'node:fs/promises';
import type { VideoOptions } from '../engine.ts';
import { type RgbImage, rgbImage } from '../image/rgb-image.ts';
import { fuseFrames } from '../injection/video/fuse-frames.ts';
import type { FrameAnalysis } from '../pipeline/analyse-image.ts';
import { EngineError } from '../vocabulary/errors.ts';
import type { AnalysedFrame, AnalysedVideo, VideoAnalysisRequest, VideoFacts } from '../vocabulary/video.ts';
import { checkVideoBytes } from './limits.ts';
import type { ReceivedMessage } from './messages.ts';
import { decodeInProcess } from './start-decoder.ts';

/** Frames of one clip at the threads at once: one at work and one waiting, so that no thread waits for the decoder. */
const FRAMES_IN_FLIGHT = 2;

const SAMPLES = { default: 12, min: 2, max: 64 };

export interface VideoAnalyser {
  analyseVideo(path: string, request: VideoAnalysisRequest, signal?: AbortSignal): Promise<AnalysedVideo>;
  inspectVideo(path: string, signal?: AbortSignal): Promise<void>;
}

export type AnalyseFrame = (
  frame: RgbImage,
  request: VideoAnalysisRequest,
  signal?: AbortSignal,
) => Promise<FrameAnalysis>;

/** Clips from files to faces: decoded in a process each, a bounded number at once, their frames analysed as pictures. */
export function createVideoAnalyser(analyseFrame: AnalyseFrame, options: VideoOptions): VideoAnalyser {
  const decoding = atMost(options.atOnce);
  // Of their own: clips that come in keep no place from those that are examined.
  const inspecting = atMost(options.atOnce);
  return {
    analyseVideo: async (path, request, signal) => {
      const samples = samplesOf(request);
      await checkFile(path, options);
      return decoding(() => {
        const messages = decodeInProcess({ path, samples, ...options }, { signal });
        return analyseMessages(messages, (frame) => analyseFrame(frame, request, signal));
      });
    },
    inspectVideo: async (path, signal) => {
      await checkFile(path, options);
      await inspecting(() => heedMessages(decodeInProcess({ path, samples: 0, ...options }, { signal })));
    },
  };
}

/** Lets so many pieces of work run at once. @throws EngineError `overloaded` for one more. */
function atMost(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  return async (work) => {
    if (running >= atOnce) throw new EngineError('overloaded', 'Too many clips are being decoded.');
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
    }
  };
}

/** Waits until the decoder has said that it could open the clip. */
async function heedMessages(messages: AsyncIterable<ReceivedMessage>): Promise<void> {
  for await (const { message } of messages) {
    if (message.kind === 'opened') return;
    if (message.kind === 'error') throw new EngineError(message.code, message.message);
  }
  throw new EngineError('internal', 'The decoder ended without a word.');
}

/** Reads what the decoder tells and keeps the threads busy; the decoder waits while they have enough. */
async function analyseMessages(
  messages: AsyncIterable<ReceivedMessage>,
  analyse: (frame: RgbImage) => Promise<FrameAnalysis>,
): Promise<AnalysedVideo> {
  const frames: Promise<AnalysedFrame>[] = [];
  try {
    for await (const { message, pixels } of messages) {
      if (message.kind === 'error') throw new EngineError(message.code, message.message);
      if (message.kind === 'end') return together(message.facts, await Promise.all(frames));
      if (message.kind === 'opened') break;
      const { timestampSeconds, width, height } = message;
      const work = analyse(rgbImage(width, height, pixels));
      frames.push(work.then((found) => ({ timestampSeconds, ...found })));
      await frames.at(-FRAMES_IN_FLIGHT);
    }
  } finally {
    await Promise.allSettled(frames);
  }
  throw new EngineError('internal', 'The decoder ended without a word.');
}

function together(facts: VideoFacts, frames: readonly AnalysedFrame[]): AnalysedVideo {
  const judged = frames.flatMap(({ faces: [face] }) => (face?.injection ? [face.injection] : []));
  return { facts, frames, ...(judged.length > 0 && { injection: fuseFrames(judged) }) };
}

/** @throws EngineError `invalid-request`. */
function samplesOf({ samples = SAMPLES.default }: VideoAnalysisRequest): number {
  if (Number.isInteger(samples) && samples >= SAMPLES.min && samples <= SAMPLES.max) return samples;
  throw new EngineError('invalid-request', `Samples must be ${SAMPLES.min} to ${SAMPLES.max}.`);
}

/** @throws EngineError `image-unreadable` when there is no such file, and as the limits say. */
async function checkFile(path: string, { limits }: VideoOptions): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new EngineError('image-unreadable', 'The clip cannot be opened.', { cause });
  });
  checkVideoBytes(found.size, limits);
}
