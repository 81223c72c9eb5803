import { expect, it } from 'vitest';
import { type FewJudged, fewFigures } from './few-figures.ts';

const judged = (id: string, isManipulated: boolean, manipulationProbability: number): FewJudged => ({
  id,
  isManipulated,
  injection: { outcome: 'undetermined', evidence: [], manipulationProbability },
});

const figureOf = (all: readonly FewJudged[], metric: RegExp) =>
  fewFigures('as it came', all).find((figure) => metric.test(figure.metric));

it('tells each by itself, with a number of one and no interval but its own value', () => {
  expect(fewFigures('as it came', [judged('a.jpg', true, 0.4)])[0]).toEqual({
    metric: 'as it came, a.jpg, swapped: undetermined on 0 signals; probability',
    value: 0.4,
    n: 1,
    low: 0.4,
    high: 0.4,
  });
});

it('says of one against one that nothing is known but that neither is impossible', () => {
  const pair = [judged('a', false, 0.2), judged('b', true, 0.97)];
  expect(figureOf(pair, /AUC/)).toMatchObject({ value: 1, n: 2, high: 1 });
  expect(figureOf(pair, /AUC/)?.low).toBeCloseTo(0.025, 6);
  expect(figureOf(pair, /genuine declined/)).toMatchObject({ value: 0, n: 1 });
  expect(figureOf(pair, /swapped declined/)).toMatchObject({ value: 1, n: 1 });
});

it('counts whoever has no face nowhere, and says so', () => {
  const all: FewJudged[] = [judged('a', false, 0.2), { id: 'b', isManipulated: true, injection: undefined }];
  expect(figureOf(all, /b, swapped: no face found/)?.value).toBeNaN();
  expect(figureOf(all, /AUC/)).toBeUndefined();
  expect(figureOf(all, /judged undetermined/)).toMatchObject({ n: 1 });
});
