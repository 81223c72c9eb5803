import { expect, it } from 'vitest';
import { captureDefects } from './capture-defects.ts';

it('tells defects from what was measured', () => {
  expect(captureDefects({ blur: 0.31, 'too-dark': 0.5, 'colour-channels': 1 })).toEqual({
    blurred: { isPresent: true, degree: 0.31 },
    dark: { isPresent: false, degree: 0.5 },
    isGrey: true,
  });
  expect(captureDefects({ blur: 0.3, 'too-dark': 0.51, 'colour-channels': 3 })).toEqual({
    blurred: { isPresent: false, degree: 0.3 },
    dark: { isPresent: true, degree: 0.51 },
    isGrey: false,
  });
});

it('leaves out what could not be measured', () => {
  expect(captureDefects({})).toEqual({});
});
