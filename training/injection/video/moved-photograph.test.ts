import { expect, it } from 'vitest';
import type { Portrayed } from '../../../accuracy/src/manipulations/manipulation.ts';
import { FRAMES, movedPhotograph } from './moved-photograph.ts';

const SIDE = 250;
const DOT = { x: 140.5, y: 110.5 };

/** Black, with one bright dot where the only point of the mesh is. */
function dotted(): Portrayed {
  const pixels = new Uint8Array(3 * SIDE * SIDE);
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      pixels.fill(255, 3 * ((110 + dy) * SIDE + 140 + dx), 3 * ((110 + dy) * SIDE + 141 + dx));
    }
  }
  return { raster: { width: SIDE, height: SIDE, pixels }, mesh: [DOT] };
}

/** Of the light in a frame, px. */
function brightest({ raster: { width, pixels } }: Portrayed) {
  let [sum, x, y] = [0, 0, 0];
  for (let i = 0; i < pixels.length / 3; i++) {
    const value = pixels[3 * i] ?? 0;
    sum += value;
    x += value * ((i % width) + 0.5);
    y += value * (Math.floor(i / width) + 0.5);
  }
  return { x: x / sum, y: y / sum };
}

it('the mesh goes where the picture goes, in every frame', () => {
  const frames = movedPhotograph(dotted(), 'anybody');
  expect(frames).toHaveLength(FRAMES);
  for (const frame of frames) {
    const light = brightest(frame);
    expect(Math.hypot(light.x - frame.mesh[0]!.x, light.y - frame.mesh[0]!.y)).toBeLessThan(0.2);
  }
});

it('the picture does move, by name, and alike each time', () => {
  const place = (id: string) => movedPhotograph(dotted(), id).map(({ mesh }) => mesh[0]!.x);
  expect(Math.max(...place('one')) - Math.min(...place('one'))).toBeGreaterThan(3);
  expect(place('one')).toEqual(place('one'));
  expect(place('one')).not.toEqual(place('other'));
});
