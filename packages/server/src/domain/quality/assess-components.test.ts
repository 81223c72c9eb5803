import type { MeasuredQuality } from '@facegate/engine/vocabulary';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessComponents, type QualityComponent } from './assess-components.ts';
import { unifiedScore } from './unified-score.ts';

const componentOf = (measured: MeasuredQuality, name: QualityComponent) =>
  assessComponents(measured).find(({ component }) => component === name)!;

describe('assessComponents', () => {
  test('what was not measured is a failure to assess', () => {
    const components = assessComponents({});
    expect(components).toHaveLength(27);
    for (const component of components) expect(Object.keys(component)).toEqual(['component']);
  });

  test.each([
    ['illumination-uniformity', { 'illumination-uniformity': 1 }, 100],
    ['luminance-mean', { 'luminance-mean': 0.5 }, 100],
    ['luminance-mean', { 'luminance-mean': 0.2 }, 50],
    ['luminance-variance', { 'luminance-variance': 1 / 60 }, 100],
    ['under-exposure-prevention', { 'under-exposed': 0 }, 100],
    ['under-exposure-prevention', { 'under-exposed': 1 }, 0],
    ['over-exposure-prevention', { 'over-exposed': 0.01 }, 50],
    ['dynamic-range', { 'dynamic-range': 7.2 }, 90],
    ['natural-colour', { 'skin-colour-distance': 0 }, 100],
    ['natural-colour', { 'skin-colour-distance': 100 }, 0],
    ['background-uniformity', { 'background-uniformity': 1 }, 100],
    ['single-face-present', { 'other-face-area': 0.25 }, 75],
    ['eyes-open', { 'eye-opening': 0.02 }, 50],
    ['mouth-closed', { 'mouth-opening': 0.2 }, 50],
    ['inter-eye-distance', { 'inter-eye-distance': 70 }, 50],
    ['inter-eye-distance', { 'inter-eye-distance': 35, yaw: 60 }, 50],
    ['head-size', { 'head-size': 0.45 }, 100],
    ['leftward-crop', { 'leftward-crop': 0.9 }, 50],
    ['margin-above', { 'margin-above': 1.4 }, 50],
    ['margin-below', { 'margin-below': 1.8 }, 50],
    ['head-pose-yaw', { yaw: -45 }, 50],
    ['head-pose-roll', { roll: 120 }, 0],
  ] as const)('%s of %o is %d', (name, measured, quality) => {
    expect(componentOf(measured, name).quality).toBe(quality);
  });

  test.each([
    ['head-pose-yaw', { yaw: -12.3 }, 'Turn your head 12° to the left.'],
    ['head-pose-yaw', { yaw: 9 }, 'Turn your head 9° to the right.'],
    ['head-pose-pitch', { pitch: 11 }, 'Lower your chin by 11°.'],
    ['head-pose-roll', { roll: -8 }, 'Tilt your head 8° towards your right shoulder.'],
    [
      'inter-eye-distance',
      { 'inter-eye-distance': 48.7 },
      'The eyes are 48 px apart; 90 are needed: come closer.',
    ],
    [
      'single-face-present',
      { 'other-face-area': 0.4 },
      'Another face is in the picture, 40 % of the size of yours.',
    ],
    ['head-size', { 'head-size': 0.2 }, 'The head is too small: 20 % of the height; come closer.'],
    [
      'eyes-visible',
      { 'right-eye-occluded': 0.2, 'left-eye-occluded': 0.9 },
      'Take off what hides your eyes.',
    ],
  ] as const)('%s of %o advises', (name, measured, advice) => {
    expect(componentOf(measured, name).advice).toBe(advice);
  });

  test('a good picture needs no advice', () => {
    const good: MeasuredQuality = {
      yaw: 1,
      pitch: -4,
      roll: 0.5,
      'inter-eye-distance': 120,
      'head-size': 0.42,
      blur: 0.05,
      'luminance-mean': 0.55,
      'dynamic-range': 7.4,
      'other-face-area': 0,
    };
    expect(assessComponents(good).filter(({ advice }) => advice)).toEqual([]);
  });
});

describe('unifiedScore', () => {
  const score = (measured: MeasuredQuality) => unifiedScore(assessComponents(measured));

  test('nothing measured, nothing said', () => {
    expect(score({})).toBeUndefined();
    expect(score({ 'other-face-area': 0 })).toBeUndefined();
  });

  test('lies between the worst and the best component', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, fc.double({ min: -60, max: 60, noNaN: true }), (blur, yaw) => {
        const qualities = assessComponents({ blur, yaw }).flatMap(({ quality }) => quality ?? []);
        const unified = score({ blur, yaw })!;
        expect(unified).toBeGreaterThanOrEqual(Math.min(...qualities));
        expect(unified).toBeLessThanOrEqual(Math.max(1, ...qualities));
      }),
    );
  });

  test('falls with blur and with yaw', () => {
    expect(score({ blur: 0.6, yaw: 0 })).toBeLessThan(score({ blur: 0.1, yaw: 0 })!);
    expect(score({ blur: 0.1, yaw: 40 })).toBeLessThan(score({ blur: 0.1, yaw: 5 })!);
  });
});
