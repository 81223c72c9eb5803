import { describe, expect, it } from 'vitest';
import { plainRgb } from '../image/rgb-image.ts';
import type { DetectionStep } from '../packs/manifest.ts';
import type { DetectedFace, Detector } from './detector.ts';
import { detectFaces } from './ladder.ts';

const step = (when: DetectionStep['when'], more: Partial<DetectionStep> = {}): DetectionStep => ({
  network: 'yunet',
  file: 'fake.onnx',
  side: 64,
  scoreMin: 0.5,
  turnDegrees: 0,
  when,
  ...more,
});

const faceAt = (x: number, y: number): DetectedFace => ({
  box: { x, y, width: 8, height: 8 },
  score: 0.9,
  subjectRightEye: { x: x + 2, y: y + 3 },
  subjectLeftEye: { x: x + 6, y: y + 3 },
});

/** Answers the n-th call with the n-th list. */
function scripted(answers: readonly (readonly DetectedFace[])[]): {
  detector: Detector;
  calls: () => number;
} {
  let calls = 0;
  return {
    detector: { detect: async () => [...(answers[calls++] ?? [])], release: async () => undefined },
    calls: () => calls,
  };
}

const image = plainRgb(128, 128, [90, 90, 90]);

async function climb(
  ladder: readonly DetectionStep[],
  answers: readonly (readonly DetectedFace[])[],
  wantAll = false,
) {
  const { detector, calls } = scripted(answers);
  const faces = await detectFaces(image, ladder, { detectors: new Map([['fake.onnx', detector]]), wantAll });
  return { faces, calls: calls() };
}

describe('the detection ladder', () => {
  it('stops at the first rung when a face is found there', async () => {
    const { faces, calls } = await climb([step('always'), step('fallback')], [[faceAt(10, 10)]]);
    expect(calls).toBe(1);
    expect(faces[0]?.box).toEqual({ x: 20, y: 20, width: 16, height: 16 });
  });

  it('climbs fallbacks one by one only until a face is found', async () => {
    const ladder = [step('always'), step('fallback'), step('fallback'), step('fallback')];
    const { faces, calls } = await climb(ladder, [[], [], [faceAt(1, 1)]]);
    expect(calls).toBe(3);
    expect(faces).toHaveLength(1);
  });

  it('runs the group rung only when all faces are wanted, and joins both findings', async () => {
    const ladder = [step('always'), step('all-faces', { side: 128 })];
    expect((await climb(ladder, [[faceAt(1, 1)], [faceAt(80, 80)]])).calls).toBe(1);
    const { faces } = await climb(ladder, [[faceAt(1, 1)], [faceAt(80, 80)]], true);
    expect(faces.map((face) => face.box.x)).toEqual([2, 80]);
  });

  it('counts a face seen on two rungs once', async () => {
    const ladder = [step('always'), step('all-faces', { side: 128 })];
    const seenAgain = { ...faceAt(20, 20), box: { x: 20, y: 20, width: 16, height: 16 }, score: 0.95 };
    const { faces } = await climb(ladder, [[faceAt(10, 10)], [seenAgain]], true);
    expect(faces).toHaveLength(1);
    expect(faces[0]?.score).toBe(0.95);
  });

  it('places a face found on a picture turned clockwise back into the picture as it was', async () => {
    const { faces } = await climb([step('always', { turnDegrees: 90 })], [[faceAt(0, 0)]]);
    expect(faces[0]?.box).toEqual({ x: 0, y: 112, width: 16, height: 16 });
    expect(faces[0]?.subjectRightEye).toEqual({ x: 6, y: 124 });
    expect(faces[0]?.subjectLeftEye).toEqual({ x: 6, y: 116 });
  });

  it('looks at every tile, and tiles cover the whole picture', async () => {
    const everyTile = [[faceAt(0, 0)], [faceAt(56, 0)], [faceAt(0, 56)], [faceAt(56, 56)]];
    const { faces, calls } = await climb([step('always', { tiles: 2 })], everyTile);
    expect(calls).toBe(4);
    const right = Math.max(...faces.map((face) => face.box.x + face.box.width));
    expect(faces).toHaveLength(4);
    expect(right).toBeCloseTo(128, 0);
  });

  it('finds nothing when no rung does', async () => {
    expect((await climb([step('always'), step('fallback')], [[], []])).faces).toEqual([]);
  });
});
