import { expect, test } from 'vitest';
import { type Example, fitLogistic, logOddsOf } from './logistic-regression.ts';

const example = (isPositive: boolean, weight: number, ...features: number[]): Example => ({
  features: Float64Array.from(features),
  isPositive,
  weight,
});

test('without features that tell, the log-odds are those of the weights', () => {
  const { direction, bias } = fitLogistic([example(true, 0.75, 0), example(false, 0.25, 0)], 0.1);
  expect(bias).toBeCloseTo(Math.log(3));
  expect(direction).toEqual(Float64Array.of(0));
});

test('the slope of the loss and of the decay cancel at the fit', () => {
  const examples = [
    example(true, 0.3, 1, 0.2),
    example(true, 0.2, -0.1, 0.9),
    example(false, 0.2, 0.4, -1),
    example(false, 0.3, -0.7, 0.3),
  ];
  const decay = 0.05;
  const model = fitLogistic(examples, decay);
  for (const axis of [0, 1]) {
    const slope = examples.reduce((sum, { features, isPositive, weight }) => {
      const probability = 1 / (1 + Math.exp(-logOddsOf(model, features)));
      return sum + weight * (probability - (isPositive ? 1 : 0)) * features[axis]!;
    }, decay * model.direction[axis]!);
    expect(slope).toBeCloseTo(0, 8);
  }
});
