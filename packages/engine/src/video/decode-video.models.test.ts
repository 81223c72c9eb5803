import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoDecoder, VideoLimits } from '../engine.ts';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import type { VideoFacts } from '../vocabulary/video.ts';
import { ClipWorkshop, H264, HEVC, hasFfmpeg, MPEG4, VP9, WITHOUT_FFMPEG } from './clips.fixture.ts';
import { videoOptionsOf } from './limits.ts';
import { decodeInProcess } from './start-decoder.ts';

const clips = new ClipWorkshop();
afterAll(() => rmSync(clips.folder, { recursive: true }));

interface Seen {
  readonly timestampSeconds: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

async function decode(path: string, decoder: VideoDecoder, limits: Partial<VideoLimits> = {}) {
  const frames: Seen[] = [];
  let facts: VideoFacts | undefined;
  const options = videoOptionsOf({ video: { decoder, limits } }, DEFAULT_IMAGE_LIMITS);
  for await (const { message, pixels } of decodeInProcess({ path, samples: 5, ...options })) {
    if (message.kind === 'error') throw message;
    if (message.kind === 'end') facts = message.facts;
    if (message.kind === 'frame') frames.push({ ...message, pixels });
  }
  if (!facts) throw new Error('The decoder said nothing of the clip.');
  return { facts, frames };
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  expect(one).toHaveLength(other.length);
  return one.reduce((sum, value, index) => sum + Math.abs(value - other[index]!), 0) / one.length;
}

/** Where the red corner of the drawing is. */
function redCorner({ width, height, pixels }: Seen): string {
  const isRed = (x: number, y: number): boolean => {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(3 * (y * width + x));
    return red > 180 && green < 70 && blue < 70;
  };
  const [right, bottom] = [width - 20, height - 20];
  const corners = { 'top left': [20, 20], 'top right': [right, 20] } as const;
  const lower = { 'bottom left': [20, bottom], 'bottom right': [right, bottom] } as const;
  const found = Object.entries({ ...corners, ...lower }).filter(([, [x, y]]) => isRed(x, y));
  return found.map(([name]) => name).join();
}

const times = (frames: readonly Seen[]): number[] =>
  frames.map(({ timestampSeconds }) => Number(timestampSeconds.toFixed(2)));

describe.skipIf(!hasFfmpeg).each(['webcodecs', 'ffmpeg'] as const)(
  `clips read by %s${WITHOUT_FFMPEG}`,
  (by) => {
    it.each([
      ['H.264 in MP4', 'plain.mp4', H264, { container: 'mp4', codec: 'h264' }],
      ['HEVC in MP4', 'hevc.mp4', HEVC, { container: 'mp4', codec: 'hevc' }],
      ['VP9 in WebM', 'vp9.webm', VP9, { container: 'webm', codec: 'vp9' }],
      ['H.264 in QuickTime', 'quick.mov', H264, { container: 'mp4', codec: 'h264' }],
      [
        'fragmented MP4',
        'fragmented.mp4',
        [...H264, '-g', '10', '-movflags', 'frag_keyframe+empty_moov+default_base_moof'],
        { container: 'mp4', codec: 'h264' },
      ],
    ])('gives upright frames of %s, the first and the last among them', async (_, name, encoder, kind) => {
      const { facts, frames } = await decode(clips.draw(name, { encoder }), by);
      expect(facts).toMatchObject({ ...kind, width: 320, height: 240, rotation: 0, isWhole: true });
      expect(facts.framesSeen).toBe(50);
      expect(Math.abs(facts.framesExpected - 50)).toBeLessThanOrEqual(2);
      expect(facts.durationSeconds).toBeCloseTo(2, 0);
      expect(times(frames)).toEqual([0, 0.48, 1, 1.48, 1.96]);
      expect(frames.map(redCorner)).toEqual(Array(5).fill('top left'));
    });

    it.each([
      [90, 'top right'],
      [180, 'bottom right'],
      [270, 'bottom left'],
    ] as const)('turns upright what a display matrix of %i° says', async (angle, corner) => {
      const turned = clips.turn(`turned-${angle}.mp4`, clips.draw('stored.mp4'), angle);
      const { facts, frames } = await decode(turned, by);
      const isOnSide = angle !== 180;
      expect([facts.width, facts.height]).toEqual(isOnSide ? [240, 320] : [320, 240]);
      expect([frames[0]?.width, frames[0]?.height]).toEqual([facts.width, facts.height]);
      expect(facts.rotation).toBe(angle);
      expect(frames.map(redCorner)).toEqual(Array(5).fill(corner));
    });

    it('gives what can be seen of a clip cut in half, and says that it is not whole', async () => {
      const whole = clips.draw('fast.mp4', { encoder: [...H264, '-movflags', '+faststart'] });
      const { facts, frames } = await decode(clips.cut('half.mp4', whole, 0.5), by);
      expect(facts).toMatchObject({ isWhole: false, framesExpected: 50 });
      expect(facts.framesSeen).toBeGreaterThan(5);
      expect(facts.framesSeen).toBeLessThan(45);
      expect(frames).toHaveLength(5);
      // The cut may fall among frames that are stored before those shown earlier.
      const lastOfAll = (facts.framesSeen - 1) / 25;
      expect(frames.at(-1)?.timestampSeconds).toBeGreaterThan(lastOfAll - 0.01);
      expect(frames.at(-1)?.timestampSeconds).toBeLessThan(lastOfAll + 0.2);
    });

    it('says so too of fragments', async () => {
      const movflags = ['-g', '10', '-movflags', 'frag_keyframe+empty_moov+default_base_moof'];
      const fragments = clips.draw('fragments.mp4', { encoder: [...H264, ...movflags] });
      expect((await decode(clips.cut('cut.mp4', fragments, 0.5), by)).facts.isWhole).toBe(false);
    });

    it('cannot read a clip whose list of frames is cut off', async () => {
      const path = clips.cut('headless.mp4', clips.draw('last.mp4'), 0.5);
      await expect(decode(path, by)).rejects.toMatchObject({
        code: expect.stringMatching(/unreadable|unsupported-media/),
      });
    });

    it('leaves out what an edit list leaves out', async () => {
      const long = clips.draw('long.mp4', { seconds: 4, encoder: [...H264, '-g', '50', '-bf', '0'] });
      const path = clips.make('edited.mp4', '-ss', '1.2', '-i', long, '-c', 'copy');
      const { facts, frames } = await decode(path, by);
      expect(facts.framesSeen).toBeLessThanOrEqual(71);
      expect(facts.framesSeen).toBeGreaterThanOrEqual(70);
      expect(facts.isWhole).toBe(true);
      expect(frames[0]?.timestampSeconds).toBe(0);
    });

    it('has nothing to show of sound alone', async () => {
      const path = clips.make('sound.mp4', '-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac');
      await expect(decode(path, by)).rejects.toMatchObject({ code: 'unsupported-media' });
    });

    it('finds no frame in a clip without one', async () => {
      const empty = ['-frames:v', '0', '-movflags', 'frag_keyframe+empty_moov', ...H264];
      const path = clips.draw('empty.mp4', { encoder: empty });
      await expect(decode(path, by)).rejects.toMatchObject({
        code: expect.stringMatching(/^(image-unreadable|unsupported-media)$/),
      });
    });

    it.each([
      ['a day at a frame a minute', 'day.mp4', ['-t', '86400', '-r', '1/60'], 'color=size=64x64:rate=1/60'],
      ['more frames than the limit in 40 s', 'frames.mp4', ['-t', '40'], 'color=size=16x16:rate=250'],
      ['frames 12,288 wide', 'wide.mp4', ['-frames:v', '1'], 'color=size=12288x64:rate=1'],
    ])('refuses %s before decoding', async (_, name, bounds, source) => {
      const path = clips.make(name, '-f', 'lavfi', '-i', source, ...bounds, ...H264);
      const started = performance.now();
      await expect(decode(path, by)).rejects.toMatchObject({ code: 'payload-too-large' });
      expect(performance.now() - started).toBeLessThan(20_000);
    });

    it('is broken by no random bytes behind a true beginning', async () => {
      const start = readFileSync(clips.draw('start.mp4', { encoder: [...H264, '-movflags', '+faststart'] }));
      const noisy = Buffer.concat([start.subarray(0, 32), randomBytes(50_000)]);
      await expect(decode(clips.write('noise.mp4', noisy), by)).rejects.toMatchObject({
        code: expect.stringMatching(/^(image-unreadable|unsupported-media)$/),
      });
      const holes = Buffer.from(start);
      for (let at = holes.length >> 1; at < holes.length; at += 97) holes[at] = 0x55 ^ holes[at]!;
      const { facts } = await decode(clips.write('holes.mp4', holes), by);
      expect(facts.framesSeen).toBeGreaterThan(0);
    });

    it('does not follow a playlist that is called a clip', async () => {
      const playlist = `#EXTM3U\n#EXTINF:2,\nfile://${clips.draw('target.mp4')}\n#EXT-X-ENDLIST\n`;
      const path = clips.write('playlist.mp4', Buffer.from(playlist));
      await expect(decode(path, by)).rejects.toMatchObject({ code: 'unsupported-media' });
    });
  },
);

describe.skipIf(!hasFfmpeg)(`both decoders${WITHOUT_FFMPEG}`, () => {
  let paths: readonly string[];
  beforeAll(() => {
    paths = [
      clips.draw('same.mp4'),
      clips.draw('same-hevc.mp4', { encoder: HEVC }),
      clips.draw('same.webm', { encoder: VP9 }),
    ];
  });

  it('give the same frames at the same times', async () => {
    for (const path of paths) {
      const [one, other] = [await decode(path, 'webcodecs'), await decode(path, 'ffmpeg')];
      expect(times(one.frames)).toEqual(times(other.frames));
      expect({ ...one.facts, durationSeconds: 0 }).toEqual({ ...other.facts, durationSeconds: 0 });
      for (const [index, { pixels }] of one.frames.entries()) {
        expect(meanDifference(pixels, other.frames[index]!.pixels)).toBeLessThan(2);
      }
    }
  });

  it('share the work: what the first cannot read is read by the second', async () => {
    const path = clips.draw('old.mp4', { encoder: MPEG4 });
    await expect(decode(path, 'webcodecs')).rejects.toMatchObject({ code: 'video-unsupported' });
    expect((await decode(path, 'auto')).facts).toMatchObject({ codec: 'mpeg4', framesSeen: 50 });
  });

  it('share it too where WebM is cut inside its first cluster', async () => {
    const path = clips.cut('cut.webm', paths[2]!, 0.5);
    await expect(decode(path, 'webcodecs')).rejects.toMatchObject({ code: 'image-unreadable' });
    expect((await decode(path, 'auto')).facts).toMatchObject({ codec: 'vp9', isWhole: false });
  });

  it('are not asked when video is turned off', async () => {
    await expect(decode(paths[0]!, 'off')).rejects.toMatchObject({ code: 'video-unsupported' });
  });
});
