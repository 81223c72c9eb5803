import { describe, expect, it } from 'vitest';
import type { Injection } from '../../vocabulary/injection.ts';
import type { Point } from '../../vocabulary/shapes.ts';
import { boundaryFlicker } from './boundary-flicker.ts';
import { fuseFrames } from './fuse-frames.ts';
import { identityDrift } from './identity-drift.ts';
import { landmarkJitter } from './landmark-jitter.ts';

const FACE: readonly Point[] = Array.from({ length: 40 }, (_, i) => ({
  x: 100 + 50 * Math.cos(i),
  y: 100 + 70 * Math.sin(1.7 * i),
}));

/** Alternates between −1 and 1, differently for every point. */
const tremor = (frame: number, point: number): number => ((frame + point * point) % 2 === 0 ? 1 : -1);

/** A head that turns, comes closer and crosses the picture at an even pace. */
const moving = (amplitudePx: number): Point[][] =>
  Array.from({ length: 9 }, (_, frame) => {
    const [cos, sin] = [Math.cos(frame / 20), Math.sin(frame / 20)];
    const scale = 1 + frame / 30;
    return FACE.map(({ x, y }, i) => ({
      x: scale * (cos * x - sin * y) + 3 * frame + amplitudePx * tremor(frame, i),
      y: scale * (sin * x + cos * y) - frame,
    }));
  });

describe('landmark jitter', () => {
  it('is nothing for a rigid head, however it moves', () => {
    expect(landmarkJitter(moving(0))).toBeCloseTo(0, 9);
  });

  it('grows in proportion with a tremor', () => {
    const [small, large] = [landmarkJitter(moving(0.5))!, landmarkJitter(moving(1))!];
    expect(small).toBeGreaterThan(0.01);
    expect(large / small).toBeCloseTo(2, 1);
  });

  it('is unknown of two frames', () => {
    expect(landmarkJitter(moving(1).slice(0, 2))).toBeUndefined();
  });
});

describe('identity drift', () => {
  const unit = (degrees: number): Float32Array =>
    Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0);

  it('is nothing where every frame shows the same person', () => {
    expect(identityDrift([unit(30), unit(30), unit(30)])).toBeCloseTo(0, 6);
  });

  it('is the cosine lost to the mean of those who take turns', () => {
    const taking = [unit(0), unit(60), unit(0), unit(60)];
    expect(identityDrift(taking)).toBeCloseTo(1 - Math.cos(Math.PI / 6), 6);
  });

  it('is unknown of two frames, and of templates that cancel out', () => {
    expect(identityDrift([unit(0), unit(1)])).toBeUndefined();
    const none = new Float32Array(3);
    expect(identityDrift([none, none, none])).toBeUndefined();
  });
});

describe('boundary flicker', () => {
  it('is nothing while the outline changes steadily', () => {
    const steady = Array.from({ length: 6 }, (_, frame) => [0.1 * frame, 1 - 0.05 * frame]);
    expect(boundaryFlicker(steady)).toBeCloseTo(0, 9);
  });

  it('is how far a frame stands out from those beside it', () => {
    const flickering = Array.from({ length: 6 }, (_, frame) => [frame % 2 ? 0.3 : 0.1, 0]);
    expect(boundaryFlicker(flickering)).toBeCloseTo(0.1, 9);
  });

  it('is unknown of two frames', () => {
    expect(boundaryFlicker([[1], [2]])).toBeUndefined();
  });
});

describe('the frames of a video together', () => {
  const fit = { weights: { colour: 1, spectrum: 1 }, genuineMax: 0.1, manipulatedMin: 0.9 };
  const frame = (evidence: Injection['evidence']): Injection => ({
    outcome: 'undetermined',
    manipulationProbability: 0.5,
    evidence,
  });

  it('are no surer for being many', () => {
    const one = frame([{ signal: 'colour', logLikelihoodRatio: 1 }]);
    const single = fuseFrames([one], fit);
    expect(
      fuseFrames(
        Array.from({ length: 50 }, () => one),
        fit,
      ),
    ).toEqual(single);
    expect(single.outcome).toBe('undetermined');
  });

  it('weigh each signal by the frames in which it was measured', () => {
    const joined = fuseFrames(
      [
        frame([{ signal: 'colour', logLikelihoodRatio: 2 }]),
        frame([
          { signal: 'colour', logLikelihoodRatio: 4 },
          { signal: 'spectrum', logLikelihoodRatio: 1 },
        ]),
      ],
      fit,
    );
    expect(joined.evidence).toEqual([
      { signal: 'spectrum', logLikelihoodRatio: 1 },
      { signal: 'colour', logLikelihoodRatio: 3 },
    ]);
    expect(joined.manipulationProbability).toBeCloseTo(1 / (1 + Math.exp(-4)), 9);
    expect(joined.outcome).toBe('manipulated');
  });

  it('keep what the networks of the pack say, each by its mean', () => {
    const said = (networkLogOdds: number, logLikelihoodRatio: number) =>
      frame([{ signal: 'network:one', logLikelihoodRatio, networkLogOdds }]);
    const joined = fuseFrames([said(4, 1), said(2, 0)], fit);
    expect(joined.evidence).toEqual([{ signal: 'network:one', logLikelihoodRatio: 0.5, networkLogOdds: 3 }]);
    expect(joined.manipulationProbability).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 9);
  });

  it('are undetermined without evidence', () => {
    expect(fuseFrames([frame([])], fit)).toEqual({
      outcome: 'undetermined',
      manipulationProbability: 0.5,
      evidence: [],
    });
  });
});
