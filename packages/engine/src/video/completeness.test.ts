import { expect, it } from 'vitest';
import { completenessOf } from './completeness.ts';

const seen = (count: number, firstSeconds = 0) => ({
  count,
  firstSeconds,
  lastSeconds: firstSeconds + (count - 1) / 30,
});
const listing = { listsFrames: true, endsEarly: false };
const streaming = { listsFrames: false, endsEarly: false };

it('takes a clip for whole whose listed frames were all seen', () => {
  const announced = { list: { present: 300, listed: 300 }, durationSeconds: 10 };
  expect(completenessOf(listing, seen(300), announced)).toEqual({
    framesExpected: 300,
    framesSeen: 300,
    isWhole: true,
  });
});

it.each([
  [298, true],
  [294, true],
  [293, false],
  [150, false],
  [1, false],
])('of 300 listed frames, %i seen: whole is %s', (count, isWhole) => {
  const announced = { list: { present: count, listed: 300 }, durationSeconds: 10 };
  expect(completenessOf(listing, seen(count), announced).isWhole).toBe(isWhole);
});

it('holds the frames of a clip without a list against its duration', () => {
  const announced = { list: { present: 150, listed: 150 }, durationSeconds: 10 };
  expect(completenessOf(streaming, seen(150), announced)).toMatchObject({
    framesExpected: 300,
    isWhole: false,
  });
});

it('does not miss frames before the first: some encoders begin late', () => {
  const announced = { list: { present: 270, listed: 270 }, durationSeconds: 10 };
  expect(completenessOf(streaming, seen(270, 1), announced).isWhole).toBe(true);
});

it('misses frames that are in the file but could not be decoded', () => {
  const announced = { list: { present: 300, listed: 300 }, durationSeconds: 10 };
  expect(completenessOf(streaming, seen(8), announced).isWhole).toBe(false);
});

it('believes no count of a file that ends inside a part', () => {
  const announced = { list: { present: 300, listed: 300 }, durationSeconds: 10 };
  expect(completenessOf({ listsFrames: false, endsEarly: true }, seen(300), announced).isWhole).toBe(false);
});

it('has nothing to miss where nothing was announced', () => {
  const announced = { list: { present: 1, listed: 1 }, durationSeconds: undefined };
  expect(completenessOf(streaming, seen(1), announced)).toMatchObject({ framesExpected: 1, isWhole: true });
});
