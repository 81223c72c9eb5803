import { describe, expect, test } from 'vitest';
import type { EyeSignal, FaceSignals } from '../signals/face-signals.ts';
import { FACE_ATTRIBUTES } from '../vocabulary/attributes.ts';
import type { Point } from '../vocabulary/shapes.ts';
import { tellAttributes } from './tell-attributes.ts';

type Known = {
  readonly [Name in keyof FaceSignals]?: Awaited<ReturnType<FaceSignals[Name]>>;
};

/** Signals of what is known, and the names of those that were asked. */
function fakeSignals(known: Known) {
  const asked = new Set<keyof FaceSignals>();
  const tell =
    <Name extends keyof FaceSignals>(name: Name) =>
    async () => {
      asked.add(name);
      return known[name];
    };
  const signals = {
    eyes: tell('eyes'),
    glasses: tell('glasses'),
    faceMask: tell('faceMask'),
    expression: tell('expression'),
    age: tell('age'),
    person: tell('person'),
  } as FaceSignals;
  return { signals, asked };
}

const eye = (closed: number): EyeSignal => ({
  closed,
  openness: 0.3,
  irisCentre: { x: 0, y: 0 },
  irisRadius: 1,
  gaze: { x: 0, y: 0 },
});

const points = {
  subjectRightEye: { x: 40, y: 40 },
  subjectLeftEye: { x: 60, y: 40 },
  noseTip: { x: 50, y: 55 },
  subjectRightMouthCorner: { x: 44, y: 68 },
  subjectLeftMouthCorner: { x: 56, y: 68 },
};

/** The chin lies 40 px below the eyes, the lower inner lip `gap` px below the upper one. */
function drawnMesh(gap: number): Point[] {
  const mesh: Point[] = Array.from({ length: 468 }, () => ({ x: 50, y: 40 }));
  mesh[152] = { x: 50, y: 80 };
  for (const index of [81, 82, 13, 312, 311]) mesh[index] = { x: 50, y: 68 };
  for (const index of [178, 87, 14, 317, 402]) mesh[index] = { x: 50, y: 68 + gap };
  return mesh;
}

const tell = (known: Known, names: Parameters<typeof tellAttributes>[2], gap = 0) =>
  tellAttributes(fakeSignals(known).signals, { points, mesh: drawnMesh(gap) }, names);

describe('attributes', () => {
  test('of a face that nothing tells of are absent', async () => {
    expect(await tellAttributes(fakeSignals({}).signals, { points }, FACE_ATTRIBUTES)).toEqual({});
  });

  test('take only the signals they need', async () => {
    const { signals, asked } = fakeSignals({ age: 41 });
    expect(await tellAttributes(signals, { points }, ['age', 'headphones'])).toEqual({ age: 41 });
    expect([...asked]).toEqual(['age']);
  });

  test('tell each eye by itself, and none behind dark lenses', async () => {
    const eyes = { right: eye(0.9), left: eye(0.2) };
    expect(await tell({ eyes }, ['right-eye', 'left-eye'])).toEqual({
      'right-eye': { value: 'closed', confidence: 0.9 },
      'left-eye': { value: 'open', confidence: 0.8 },
    });
    const glasses = { none: 0.1, clear: 0.1, dark: 0.8 };
    expect(await tell({ eyes, glasses }, ['right-eye'])).toEqual({
      'right-eye': { value: 'occluded', confidence: 0.8 },
    });
  });

  test('tell an open mouth from a closed one, and neither behind a mask', async () => {
    expect(await tell({}, ['mouth'], 0)).toEqual({
      mouth: { value: 'closed', confidence: expect.closeTo(0.99, 2) },
    });
    expect(await tell({}, ['mouth'], 4)).toEqual({
      mouth: { value: 'open', confidence: expect.closeTo(0.966, 2) },
    });
    expect(await tell({ faceMask: 0.9 }, ['mouth', 'smile', 'emotion'], 4)).toEqual({});
  });

  test('tell smiles and emotions, the latter from a wide open mouth, too', async () => {
    const calm = { neutral: 0.9, happy: 0.05, other: 0.05 };
    const glad = { neutral: 0.03, happy: 0.95, other: 0.02 };
    expect(await tell({ expression: calm }, ['smile', 'emotion'])).toMatchObject({
      smile: { value: 'no', confidence: 0.95 },
      emotion: { value: 'neutral' },
    });
    expect(await tell({ expression: glad }, ['smile', 'emotion'], 2)).toMatchObject({
      smile: { value: 'yes', confidence: 0.95 },
      emotion: { value: 'emotional' },
    });
    expect(await tell({ expression: calm }, ['emotion'], 8)).toMatchObject({
      emotion: { value: 'emotional' },
    });
  });

  test('tell the likeliest kind of glasses', async () => {
    expect(await tell({ glasses: { none: 0.3, clear: 0.45, dark: 0.25 } }, ['glasses'])).toEqual({
      glasses: { value: 'clear', confidence: 0.45 },
    });
  });

  test('deny an occlusion only where masks and glasses are both known', async () => {
    const bare = { none: 0.9, clear: 0.1, dark: 0 };
    expect(await tell({ glasses: bare }, ['occlusion'])).toEqual({});
    expect(await tell({ glasses: bare, faceMask: 0.2 }, ['occlusion'])).toEqual({
      occlusion: { value: 'no', confidence: 0.8 },
    });
    expect(await tell({ faceMask: 0.9 }, ['occlusion'])).toEqual({
      occlusion: { value: 'yes', confidence: 0.9 },
    });
  });
});
