import { readFile } from 'node:fs/promises';
import type { Engine } from '@facegate/engine';
import {
  type AnalysedFrame,
  type AnalysedImage,
  type AnalysedVideo,
  type AnalysisRequest,
  EngineError,
  type Injection,
  type PackSummary,
  type VideoAnalysisRequest,
} from '@facegate/engine/vocabulary';
import sharp from 'sharp';
import { framesIn, openClip } from './clip.ts';
import { type FakeTraits, faceFrom } from './fake-face.ts';
import { FAKE_CALIBRATION } from './fake-template.ts';
import { type FaceMark, type RgbRaster, readMarks } from './marks.ts';

/** What is said of quality and attributes replaces the defaults, measure by measure. */
export interface FakeEngineOptions extends FakeTraits {
  /** Analyses at once; one more is refused as overloaded. @default unlimited */
  readonly capacity?: number;
  /** Every analysis waits for this first: lets a test hold a request where it wants it. */
  readonly gate?: () => Promise<void>;
  /** Every analysis and inspection fails with this. */
  readonly failWith?: unknown;
}

const PACK: PackSummary = { packId: 'drawn@1.0.0', title: 'Drawn pictures', templateDimension: 256 };

/** A deterministic engine for pictures by `drawPicture` and clips of them. Other readable pictures show no face. */
export function createFakeEngine({
  capacity = Number.POSITIVE_INFINITY,
  gate = async () => {},
  failWith,
  ...traits
}: FakeEngineOptions = {}): Engine {
  let running = 0;
  return {
    pack: PACK,
    calibration: FAKE_CALIBRATION,
    load: () => ({ workers: 1, running, waiting: 0 }),
    close: async () => {},
    analyseVideo: async (path, request, { signal } = {}) => {
      if (failWith !== undefined) throw failWith;
      await orAborted(gate(), signal);
      return analyseClip(await readFile(path), request, traits);
    },
    inspect: async (picture) => {
      if (failWith !== undefined) throw failWith;
      await decode(typeof picture === 'string' ? await readFile(picture) : picture);
    },
    inspectVideo: async (path) => {
      if (failWith !== undefined) throw failWith;
      openClip(await readFile(path));
    },
    analyse: async (bytes, request, { signal, handOver = false } = {}) => {
      if (failWith !== undefined) throw failWith;
      if (running >= capacity) throw new EngineError('overloaded', 'The queue is full.');
      running++;
      const own = handOver ? takenOver(bytes) : bytes;
      try {
        await orAborted(gate(), signal);
        return await analyse(own, request, traits);
      } finally {
        running--;
      }
    },
  };
}

/** As the real one does: whoever uses such bytes once more finds them empty. */
function takenOver(bytes: Uint8Array): Uint8Array {
  const { buffer, byteLength } = bytes;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== byteLength) return bytes;
  return new Uint8Array(structuredClone(buffer, { transfer: [buffer] }));
}

async function analyse(
  bytes: Uint8Array,
  request: AnalysisRequest,
  traits: FakeTraits,
): Promise<AnalysedImage> {
  const { mediaType, ...raster } = await decode(bytes);
  const marks = readMarks(raster);
  const wanted = request.faces === 'all' ? marks : mostCentral(marks, raster);
  const { width, height } = raster;
  const scene = { packId: PACK.packId, width, height, otherFaces: marks.length - 1 };
  const faces = await Promise.all(wanted.map((mark) => faceFrom(mark, request, { scene, traits })));
  return {
    width,
    height,
    mediaType,
    // The marks of a drawn picture do not outlive a change of size: the fake compresses it anew and no more.
    ...(request.resize && { resized: await sharp(bytes).png().toBuffer() }),
    faces,
    stageMs: {
      decode: 1,
      detect: 1,
      ...(request.quality && { quality: 4 }),
      ...(request.attributes && { attributes: 6 }),
    },
  };
}

/** Seconds from one picture of a clip to the next. */
const FRAME_SECONDS = 0.04;

async function analyseClip(
  bytes: Uint8Array,
  request: VideoAnalysisRequest,
  traits: FakeTraits,
): Promise<AnalysedVideo> {
  const frames: AnalysedFrame[] = [];
  for (const frame of framesIn(bytes)) {
    const { mediaType: _, ...found } = await analyse(frame, request, traits);
    const picture = request.pictures && (await sharp(frame).jpeg({ quality: 100 }).toBuffer());
    frames.push({ timestampSeconds: frames.length * FRAME_SECONDS, ...found, ...(picture && { picture }) });
  }
  const judged = frames.flatMap(({ faces: [face] }) => (face?.injection ? [face.injection] : []));
  const [{ width, height }] = frames as [AnalysedFrame];
  return {
    facts: {
      container: 'mp4',
      codec: 'h264',
      width,
      height,
      rotation: 0,
      durationSeconds: frames.length * FRAME_SECONDS,
      framesExpected: frames.length,
      framesSeen: frames.length,
      isWhole: true,
    },
    frames,
    ...(judged.length > 0 && { injection: meanOf(judged) }),
  };
}

function meanOf(judged: readonly Injection[]): Injection {
  const sum = judged.reduce((total, { manipulationProbability: p }) => total + p, 0);
  const manipulationProbability = sum / judged.length;
  const outcome = manipulationProbability > 0.9 ? 'manipulated' : 'undetermined';
  return {
    outcome: manipulationProbability < 0.1 ? 'genuine' : outcome,
    manipulationProbability,
    evidence: [],
  };
}

async function decode(bytes: Uint8Array): Promise<RgbRaster & { readonly mediaType: string }> {
  if (bytes.length === 0) throw new EngineError('image-empty', 'No bytes.');
  const image = sharp(bytes, { failOn: 'error' });
  const format = await image.metadata().catch((cause: unknown) => {
    throw new EngineError('unsupported-media', 'Not a picture.', { cause });
  });
  if (format.format === 'svg') throw new EngineError('unsupported-media', 'Not a picture.');
  try {
    const { data, info } = await image
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { pixels: data, width: info.width, height: info.height, mediaType: `image/${format.format}` };
  } catch (cause) {
    throw new EngineError('image-unreadable', 'Broken picture.', { cause });
  }
}

/** Large and near the middle: area, less the share of the diagonal that it lies off. */
function mostCentral(marks: readonly FaceMark[], { width, height }: RgbRaster): FaceMark[] {
  const worth = (mark: FaceMark): number => {
    const offX = mark.x + mark.width / 2 - width / 2;
    const offY = mark.y + mark.height / 2 - height / 2;
    return mark.width * mark.height * (1 - Math.hypot(offX, offY) / Math.hypot(width, height));
  };
  return [...marks].sort((a, b) => worth(b) - worth(a)).slice(0, 1);
}

async function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  const timedOut = () => new EngineError('timeout', 'The signal fired.');
  if (signal.aborted) throw timedOut();
  await new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(timedOut()), { once: true });
    work.then(resolve, reject);
  });
}
