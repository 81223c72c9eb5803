import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../../vocabulary/shapes.ts';
import { RIGID_POINTS } from './canonical-face.data.ts';
import { headPose } from './head-pose.ts';

interface Turn {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** The average head seen from far away: it nods, then turns, then tilts on screen. */
function project({ yaw, pitch, roll }: Turn, scale = 90): Point[] {
  const mesh: Point[] = Array.from({ length: 468 }, () => ({ x: 0, y: 0 }));
  const put = (index: number, [x, y, z]: readonly number[]) => {
    const [sinYaw, cosYaw] = [Math.sin(yaw), Math.cos(yaw)];
    const [sinPitch, cosPitch] = [Math.sin(pitch), Math.cos(pitch)];
    const down = cosPitch * y! + sinPitch * z!;
    const depth = cosPitch * z! - sinPitch * y!;
    // What is near (z < 0) goes to the right of the screen when the subject turns to its left.
    const across = cosYaw * x! - sinYaw * depth;
    const [sin, cos] = [Math.sin(roll), Math.cos(roll)];
    mesh[index] = {
      x: 300 + scale * (cos * across - sin * down),
      y: 200 + scale * (sin * across + cos * down),
    };
  };
  for (const { index, twin, at } of RIGID_POINTS) {
    put(index, at);
    if (twin !== undefined) put(twin, [-at[0], at[1], at[2]]);
  }
  return mesh;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** An eye line with this tilt. */
const eyes = (roll: number) => {
  const half = { x: 30 * Math.cos(roll), y: 30 * Math.sin(roll) };
  const nowhere = { x: 0, y: 0 };
  return {
    subjectRightEye: { x: -half.x, y: -half.y },
    subjectLeftEye: half,
    noseTip: nowhere,
    subjectRightMouthCorner: nowhere,
    subjectLeftMouthCorner: nowhere,
  };
};

test('the average head reads as it was turned', () => {
  const angle = (max: number) => fc.integer({ min: -max, max });
  fc.assert(
    fc.property(
      angle(50),
      angle(30),
      angle(180),
      fc.integer({ min: 10, max: 400 }),
      (yaw, pitch, roll, scale) => {
        const turn = { yaw: radians(yaw), pitch: radians(pitch), roll: radians(roll) };
        const pose = headPose(project(turn, scale), eyes(turn.roll))!;
        expect(pose.yaw).toBeCloseTo(yaw, 1);
        expect(Math.sign(pose.pitch) * Math.sign(pitch)).toBeGreaterThanOrEqual(0);
        if (yaw === 0) expect(pose.pitch).toBeCloseTo(pitch, 1);
      },
    ),
  );
});

test('a longer face is not a nod', () => {
  const mesh = project({ yaw: 0, pitch: 0, roll: 0 }).map(({ x, y }) => ({ x, y: 1.15 * y }));
  expect(headPose(mesh, eyes(0))!.pitch).toBeCloseTo(0, 1);
});

test('points on a line have no pose', () => {
  const mesh = Array.from({ length: 468 }, (_, i) => ({ x: i, y: 2 * i }));
  expect(headPose(mesh, eyes(0))).toBeUndefined();
});
