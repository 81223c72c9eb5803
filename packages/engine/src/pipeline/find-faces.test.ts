import { describe, expect, it } from 'vitest';
import type { DetectedFace } from '../detection/detector.ts';
import { plainRgb } from '../image/rgb-image.ts';
import type { Mesh } from '../landmarks/facemesh.ts';
import type { MeshWindow } from '../landmarks/facemesh-window.ts';
import type { DetectionStep } from '../packs/manifest.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { findFaces } from './find-faces.ts';
import type { Models } from './models.ts';

const step = (when: DetectionStep['when']): DetectionStep => ({
  network: 'yunet',
  file: 'fake.onnx',
  side: 128,
  scoreMin: 0.5,
  scoreCertain: 0.97,
  turnDegrees: 0,
  when,
});

const faceAt = (x: number, y: number, score = 0.9): DetectedFace => ({
  box: { x, y, width: 20, height: 20 },
  score,
  subjectRightEye: { x: x + 6, y: y + 8 },
  subjectLeftEye: { x: x + 14, y: y + 8 },
});

/** A mesh that fills two thirds of its window, level with it. */
function meshIn({ centre, side, tiltRadians }: MeshWindow, presence: number): Mesh {
  const place = (x: number, y: number): Point => ({
    x: centre.x + (side / 3) * (x * Math.cos(tiltRadians) - y * Math.sin(tiltRadians)),
    y: centre.y + (side / 3) * (x * Math.sin(tiltRadians) + y * Math.cos(tiltRadians)),
  });
  const points = Array.from({ length: 468 }, (_, index) => place(index % 2 ? 1 : -1, index % 4 < 2 ? 1 : -1));
  for (const index of [33, 133, 159, 145]) points[index] = place(-0.4, -0.3);
  for (const index of [362, 263, 386, 374]) points[index] = place(0.4, -0.3);
  return { points, presence };
}

interface Scene {
  readonly ladder: readonly DetectionStep[];
  /** What each call of the detector finds. */
  readonly answers: readonly (readonly DetectedFace[])[];
  /** Whether the mesh sees a face there. */
  readonly isFace?: (centre: Point) => boolean;
  /** How certain the mesh is of it. */
  readonly presence?: (centre: Point, tiltRadians: number) => number;
}

async function find(faces: 'central' | 'all', scene: Scene) {
  const { ladder, answers, isFace = () => true } = scene;
  const presence = scene.presence ?? ((centre: Point) => (isFace(centre) ? 1 : 0));
  const calls = { detect: 0, mesh: 0 };
  const models = {
    manifest: { detection: ladder, landmarks: { boxScale: 1.5 } },
    detectors: new Map([
      ['fake.onnx', { frame: {}, detect: async () => [...(answers[calls.detect++] ?? [])] }],
    ]),
    mesh: {
      fit: async (_: unknown, window: MeshWindow) => {
        calls.mesh += 1;
        return meshIn(window, presence(window.centre, window.tiltRadians));
      },
    },
  } as unknown as Models;
  const image = plainRgb(128, 128, [90, 90, 90]);
  const found = await findFaces(image, models, { faces, stage: (_, work) => work() });
  return { found, calls };
}

describe('finding faces', () => {
  it('stops at the first rung when a face is confirmed there', async () => {
    const ladder = [step('always'), step('fallback')];
    const { found, calls } = await find('central', { ladder, answers: [[faceAt(50, 50)]] });
    expect(calls).toEqual({ detect: 1, mesh: 1 });
    expect(found).toHaveLength(1);
  });

  it('climbs on, rung by rung, while nothing is confirmed', async () => {
    const ladder = [step('always'), step('all-faces'), step('fallback'), step('fallback'), step('fallback')];
    const { found, calls } = await find('central', { ladder, answers: [[], [], [], [faceAt(50, 50)]] });
    expect(calls.detect).toBe(4);
    expect(found).toHaveLength(1);
  });

  it('does not take a pattern for a face when the mesh denies it', async () => {
    const ladder = [step('always'), step('fallback')];
    const isFace = ({ x }: Point) => x > 64;
    const answers = [[faceAt(20, 50, 0.95)], [faceAt(80, 50, 0.6)]];
    const { found, calls } = await find('central', { ladder, answers, isFace });
    expect(calls.detect).toBe(2);
    expect(found[0]?.score).toBe(0.6);
  });

  it('believes a detector that is certain where the mesh sees nothing, and then gives no mesh', async () => {
    const answers = [[faceAt(54, 54, 0.98)]];
    const { found } = await find('central', { ladder: [step('always')], answers, isFace: () => false });
    expect(found[0]?.box).toEqual({ x: 54, y: 54, width: 20, height: 20 });
    expect(found[0]?.mesh).toBeUndefined();
  });

  it('looks more closely when the only face found is small in the frame', async () => {
    const ladder = [{ ...step('always'), side: 64 }, step('all-faces'), step('fallback')];
    const [small, other] = [faceAt(5, 5), faceAt(54, 54)];
    const half = { ...small, box: { x: 2, y: 2, width: 10, height: 10 } };
    const { found, calls } = await find('central', { ladder, answers: [[half], [other]] });
    expect(calls.detect).toBe(2);
    expect(found[0]?.box.x).toBeGreaterThan(40);
  });

  it('turns a face upside down that was detected the wrong way round', async () => {
    const isUpsideDown = (tilt: number) => Math.cos(tilt) < 0;
    const answers = [[faceAt(54, 54)]];
    const presence = (_: Point, tilt: number) => (isUpsideDown(tilt) ? 1 : 0.9);
    const { found } = await find('central', { ladder: [step('always')], answers, presence });
    const { subjectRightEye, subjectLeftEye } = found[0]!.points;
    expect(subjectRightEye.x).toBeGreaterThan(subjectLeftEye.x);
  });

  it('climbs on while the only face is doubtful, and keeps the better sight of it', async () => {
    const ladder = [step('always'), step('fallback'), step('fallback')];
    const answers = [[faceAt(54, 54, 0.6)], [faceAt(58, 56, 0.9)]];
    const presence = ({ x }: Point) => (x > 66 ? 1 : 0.9);
    const { found, calls } = await find('central', { ladder, answers, presence });
    expect(calls.detect).toBe(2);
    expect(found.map((face) => face.score)).toEqual([0.9]);
  });

  it('takes a doubtful face when there is none better', async () => {
    const { found } = await find('central', {
      ladder: [step('always')],
      answers: [[faceAt(54, 54)]],
      presence: () => 0.8,
    });
    expect(found).toHaveLength(1);
  });

  it('takes the next prominent face when the most prominent is a pattern', async () => {
    const isFace = ({ x }: Point) => x < 40;
    const answers = [[faceAt(54, 54, 0.96), faceAt(10, 54, 0.7)]];
    const { found } = await find('central', { ladder: [step('always')], answers, isFace });
    expect(found.map((face) => face.score)).toEqual([0.7]);
  });

  it('fits the mesh to one face only when only the central one is wanted', async () => {
    const answers = [[faceAt(54, 54), faceAt(10, 10), faceAt(90, 90)]];
    const { found, calls } = await find('central', { ladder: [step('always')], answers });
    expect(found).toHaveLength(1);
    expect(calls.mesh).toBe(1);
  });

  it('runs the group rung when all faces are wanted and counts a face seen twice once', async () => {
    const ladder = [step('always'), step('all-faces')];
    const answers = [[faceAt(10, 10)], [faceAt(11, 11), faceAt(90, 90)]];
    const { found, calls } = await find('all', { ladder, answers });
    expect(calls.detect).toBe(2);
    expect(found).toHaveLength(2);
  });

  it('reports no face when every rung is empty', async () => {
    const { found, calls } = await find('all', {
      ladder: [step('always'), step('fallback')],
      answers: [[], []],
    });
    expect(found).toEqual([]);
    expect(calls.detect).toBe(2);
  });
});
