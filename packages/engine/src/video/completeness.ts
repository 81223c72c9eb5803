import type { VideoFacts } from '../vocabulary/video.ts';
import type { VideoFile } from './container.ts';
import type { FrameList, SeenFrames } from './video-source.ts';

/** Encoders drop a frame or two at the seams of a clip; whoever cuts one takes more. Share of the frames expected. */
const MISSING_SHARE_MAX = 0.02;
const MISSING_MAX = 2;

/**
 * How many frames there should be and whether they were there. Decoders end a file that was cut without a word, so the
 * frames seen are held against what the header lists or the duration announces.
 */
export function completenessOf(
  { listsFrames, endsEarly }: Pick<VideoFile, 'listsFrames' | 'endsEarly'>,
  seen: SeenFrames,
  announced: { readonly list: FrameList; readonly durationSeconds: number | undefined },
): Pick<VideoFacts, 'framesExpected' | 'framesSeen' | 'isWhole'> {
  const { list, durationSeconds } = announced;
  const framesExpected = listsFrames
    ? list.listed
    : Math.max(list.present, framesIn((durationSeconds ?? 0) - seen.firstSeconds, seen));
  const missing = framesExpected - seen.count;
  const isWhole = !endsEarly && missing <= Math.max(MISSING_MAX, MISSING_SHARE_MAX * framesExpected);
  return { framesExpected, framesSeen: seen.count, isWhole };
}

/** Frames that fit into these seconds at the mean rate of those seen. */
function framesIn(seconds: number, { count, firstSeconds, lastSeconds }: SeenFrames): number {
  const span = lastSeconds - firstSeconds;
  return span > 0 && seconds > 0 ? Math.round((seconds * (count - 1)) / span) : count;
}
