import { describe, expect, it } from 'vitest';
import { plainRgb } from '../image/rgb-image.ts';
import type { DetectionStep } from '../packs/manifest.ts';
import type { DetectedFace, Detector } from './detector.ts';
import { detectOnRung } from './rung.ts';

const STEP: DetectionStep = {
  network: 'yunet',
  file: 'fake.onnx',
  side: 64,
  scoreMin: 0.5,
  scoreCertain: 0.95,
  turnDegrees: 0,
  when: 'always',
};

const faceAt = (x: number, y: number): DetectedFace => ({
  box: { x, y, width: 8, height: 8 },
  score: 0.9,
  subjectRightEye: { x: x + 2, y: y + 3 },
  subjectLeftEye: { x: x + 6, y: y + 3 },
});

const image = plainRgb(128, 128, [90, 90, 90]);

/** Runs a rung on a picture of 128×128 with a detector that answers its n-th call with the n-th list. */
async function run(more: Partial<DetectionStep>, answers: readonly (readonly DetectedFace[])[]) {
  let calls = 0;
  const detector: Detector = {
    frame: {},
    detect: async () => [...(answers[calls++] ?? [])],
    release: async () => undefined,
  };
  const faces = await detectOnRung(image, { ...STEP, ...more }, new Map([['fake.onnx', detector]]));
  return { faces, calls };
}

describe('a rung of the detection ladder', () => {
  it('gives faces in pixels of the picture', async () => {
    const { faces } = await run({}, [[faceAt(10, 10)]]);
    expect(faces[0]?.box).toEqual({ x: 20, y: 20, width: 16, height: 16 });
  });

  it('places a face found on a picture turned clockwise back into the picture as it was', async () => {
    const { faces } = await run({ turnDegrees: 90 }, [[faceAt(0, 0)]]);
    expect(faces[0]?.box).toEqual({ x: 0, y: 112, width: 16, height: 16 });
    expect(faces[0]?.subjectRightEye).toEqual({ x: 6, y: 124 });
    expect(faces[0]?.subjectLeftEye).toEqual({ x: 6, y: 116 });
  });

  it('places a face found within a margin back into the picture', async () => {
    const { faces } = await run({ margin: 0.25 }, [[faceAt(16, 16)]]);
    expect(faces[0]?.box).toEqual({ x: 0, y: 0, width: 32, height: 32 });
  });

  it('looks at every tile, and tiles reach every edge of the picture', async () => {
    const everyTile = [[faceAt(0, 0)], [faceAt(56, 0)], [faceAt(0, 56)], [faceAt(56, 56)]];
    const { faces, calls } = await run({ tiles: 2 }, everyTile);
    expect(calls).toBe(4);
    expect(faces).toHaveLength(4);
    expect(Math.min(...faces.map((face) => face.box.x))).toBe(0);
    expect(Math.max(...faces.map((face) => face.box.x + face.box.width))).toBeCloseTo(128, 0);
    expect(Math.max(...faces.map((face) => face.box.y + face.box.height))).toBeCloseTo(128, 0);
  });

  it('counts a face that two tiles see once', async () => {
    const shared = [[faceAt(50, 20)], [faceAt(3, 20)]];
    const { faces } = await run({ tiles: 2 }, shared);
    expect(faces).toHaveLength(1);
  });

  it('finds nothing when the network finds nothing', async () => {
    expect((await run({}, [[]])).faces).toEqual([]);
  });
});
