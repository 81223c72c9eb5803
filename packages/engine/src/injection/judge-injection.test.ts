import { describe, expect, it } from 'vitest';
import { logLikelihoodRatio } from './calibration.ts';
import { fuse } from './fusion.ts';
import { judgeInjection } from './judge-injection.ts';
import { NO_PROVENANCE } from './provenance/read-provenance.ts';
import { ELLIPTIC_MESH, noisy } from './textured-face.fixture.ts';

const FIT = { means: [1], deviations: [2], slopes: [0.5], curvatures: [-1], bias: 0.25 };

describe('calibration', () => {
  it('weighs the standardised value and half its square', () => {
    expect(logLikelihoodRatio([3], FIT)).toBeCloseTo(0.25 + 0.5 * 1 - 1 * 0.5, 9);
  });

  it('never says more than 50 to 1, however far out a value lies', () => {
    expect(logLikelihoodRatio([1e9], { ...FIT, curvatures: [10] })).toBeCloseTo(Math.log(50), 9);
    expect(logLikelihoodRatio([-1e9], FIT)).toBeCloseTo(-Math.log(50), 9);
  });
});

describe('fusion', () => {
  const fit = { weights: { colour: 2 }, genuineMax: 0.2, manipulatedMin: 0.8 };
  const judged = (logLikelihoodRatio: number) => fuse([{ signal: 'colour', logLikelihoodRatio }], fit);

  it('answers only outside the zone between its thresholds', () => {
    expect(judged(2).outcome).toBe('manipulated');
    expect(judged(-2).outcome).toBe('genuine');
    expect(judged(0.3).outcome).toBe('undetermined');
  });

  it('is even and undetermined without evidence', () => {
    expect(fuse([], fit)).toEqual({ outcome: 'undetermined', manipulationProbability: 0.5, evidence: [] });
  });
});

describe('the judgement of a face', () => {
  const image = noisy(20, 20);
  const generated = { manifest: 'absent', isDeclaredGenerated: true } as const;

  it('follows a declaration, whatever the pixels say', () => {
    const judged = judgeInjection({ image, mesh: ELLIPTIC_MESH, isJpeg: true, provenance: generated });
    expect(judged.outcome).toBe('manipulated');
    expect(judged.evidence[0]?.signal).toBe('provenance');
    expect(judgeInjection({ image, isJpeg: true, provenance: generated }).outcome).toBe('manipulated');
  });

  it('takes the want of a declaration, and a valid manifest, for nothing', () => {
    const judge = (provenance: typeof NO_PROVENANCE) =>
      judgeInjection({ image, mesh: ELLIPTIC_MESH, isJpeg: true, provenance });
    expect(judge({ ...NO_PROVENANCE, manifest: 'valid' })).toEqual(judge(NO_PROVENANCE));
  });

  it('is undetermined, on no evidence, where no mesh can be placed', () => {
    expect(judgeInjection({ image, isJpeg: true, provenance: NO_PROVENANCE })).toEqual({
      outcome: 'undetermined',
      manipulationProbability: 0.5,
      evidence: [],
    });
  });

  it('is the same each time', () => {
    const judge = () =>
      judgeInjection({ image, mesh: ELLIPTIC_MESH, isJpeg: true, provenance: NO_PROVENANCE });
    expect(judge()).toEqual(judge());
    expect(judge().evidence).toHaveLength(6);
  });
});
