import { expect, it } from 'vitest';
import { parseHeader } from './ffprobe.ts';

const printed = (stream: object, format: object = {}): string =>
  JSON.stringify({ streams: [stream], format });

it.each([
  [undefined, 0],
  [90, 270],
  [-90, 90],
  [180, 180],
  [-180, 180],
  [270, 90],
])('takes the rotation %s of the display matrix for %i degrees clockwise', (rotation, clockwise) => {
  const data = rotation === undefined ? [] : [{ side_data_type: 'x' }, { rotation }];
  expect(parseHeader(printed({ side_data_list: data })).rotation).toBe(clockwise);
});

it('takes the duration of the stream, else that of the file, else none', () => {
  const file = { duration: '3.5' };
  expect(parseHeader(printed({ duration: '2.0' }, file)).durationSeconds).toBe(2);
  expect(parseHeader(printed({}, file)).durationSeconds).toBe(3.5);
  expect(parseHeader(printed({ duration: 'N/A' })).durationSeconds).toBeUndefined();
});

it('says of a file without pictures that it is no clip', () => {
  const code = 'unsupported-media';
  expect(() => parseHeader('{"programs":[],"streams":[]}')).toThrow(expect.objectContaining({ code }));
});
