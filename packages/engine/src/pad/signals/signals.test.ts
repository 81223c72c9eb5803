import { describe, expect, test } from 'vitest';
import { type RgbImage, rgbImage } from '../../image/rgb-image.ts';
import { padView } from '../pad-view.ts';
import { colourGamut } from './colour-gamut.ts';
import { focus } from './focus.ts';
import { frameEdge } from './frame-edge.ts';
import { moire } from './moire.ts';
import { specular } from './specular.ts';
import { texture } from './texture.ts';

const SIDE = 320;
const FACE = { x: 110, y: 110, width: 100, height: 110 };

/** A value for each pixel and channel, 0..255. */
type Paint = (x: number, y: number, channel: number) => number;

function drawn(paint: Paint, side = SIDE): RgbImage {
  const pixels = Uint8Array.from({ length: 3 * side * side }, (_, i) =>
    Math.max(0, Math.min(255, paint(Math.floor(i / 3) % side, Math.floor(i / 3 / side), i % 3))),
  );
  return rgbImage(side, side, pixels);
}

/** Soft shading with a grain that looks random and is the same each time. */
const scene: Paint = (x, y, channel) =>
  120 + 40 * Math.sin(x / 23) + 30 * Math.cos(y / 31) + 10 * channel + 12 * grain(x, y);
const grain = (x: number, y: number): number => {
  const hash = Math.sin(x * 127.1 + y * 311.7) * 43_758.545;
  return hash - Math.floor(hash) - 0.5;
};
const viewOf = (paint: Paint) => padView(drawn(paint), FACE);

describe('moiré', () => {
  test('stands out where a grating of a few levels lies over the face', () => {
    const grating: Paint = (x, y, channel) =>
      scene(x, y, channel) + 6 * Math.cos(1.3 * x + 0.7 * y) + 6 * Math.cos(0.6 * x - 1.6 * y);
    const away = 8;
    expect(moire(viewOf(grating))![away]!).toBeGreaterThan(moire(viewOf(scene))![away]! + 0.5);
  });

  test('stands out near an axis where rows of pixels lie over the face, in colour as well', () => {
    const rows: Paint = (x, y, channel) => scene(x, y, channel) + 6 * Math.cos(1.1 * y + 0.02 * x + channel);
    const [luminance, , redGreen] = moire(viewOf(rows))!;
    const [usual, , colourless] = moire(viewOf(scene))!;
    expect(luminance!).toBeGreaterThan(usual! + 0.5);
    expect(redGreen!).toBeGreaterThan(colourless! + 0.5);
  });

  test('is not measured on a face of a few pixels', () => {
    expect(moire(padView(drawn(scene), { x: 150, y: 150, width: 30, height: 35 }))).toBeUndefined();
  });
});

describe('texture', () => {
  test('has more pixels that no neighbour outshines where there are rows than where there is noise', () => {
    const lined: Paint = (x, y, channel) => 120 + 10 * channel + (y % 2 === 0 ? 20 : 0) + grain(x, y);
    const noisy: Paint = (x, y, channel) => 120 + 10 * channel + 20 * grain(x, y);
    const darkerAround = 0;
    expect(texture(viewOf(lined))![darkerAround]!).toBeGreaterThan(
      texture(viewOf(noisy))![darkerAround]! + 0.5,
    );
  });

  test('is not measured where the face had to be averaged down', () => {
    expect(texture(padView(drawn(scene), { x: 40, y: 40, width: 230, height: 240 }))).toBeUndefined();
  });
});

test('a veil of light lifts the black of the face against its middle', () => {
  const deep: Paint = (x, y, channel) => (y % 40 < 8 ? 2 : scene(x, y, channel));
  const veiled: Paint = (x, y, channel) => 60 + 0.75 * deep(x, y, channel);
  expect(colourGamut(viewOf(veiled))![0]!).toBeGreaterThan(colourGamut(viewOf(deep))![0]! + 1);
});

test('highlights are judged by how far they are from usual either way', () => {
  const values = specular(viewOf(scene))!;
  expect(values.slice(3)).toEqual(values.slice(0, 3).map((value) => value * value));
});

test('a pale glare raises the brightest tones and takes their colour', () => {
  const skin: Paint = (x, y, channel) => scene(x, y, channel) * [1, 0.75, 0.6][channel]! * 0.8;
  const glare: Paint = (x, y, channel) =>
    skin(x, y, channel) + 160 * Math.exp(-((x - 160) ** 2 + (y - 150) ** 2) / 400);
  const [brightest, , pale] = specular(viewOf(glare))!;
  const [usual, , coloured] = specular(viewOf(skin))!;
  expect(brightest!).toBeGreaterThan(usual! + 0.2);
  expect(pale!).toBeLessThan(coloured!);
});

describe('a frame edge', () => {
  const mottled: Paint = (x, y, channel) => 120 + 60 * Math.sin(x / 9) * Math.sin(y / 8) + 10 * channel;
  const behind =
    (beyond: Paint): Paint =>
    (x, y, channel) =>
      (x < 50 + y / 30 ? beyond : mottled)(x, y, channel);
  const framed = behind(() => 15);

  test('is a straight line beside the face, even a little askew', () => {
    expect(frameEdge(viewOf(framed))![0]!).toBeGreaterThan(2 * frameEdge(viewOf(mottled))![0]!);
  });

  test('has a plain strip beyond it where it is that of a bezel', () => {
    const striped = behind((_, y) => 15 + 15 * Math.sin(y / 9));
    const strip = 3;
    expect(frameEdge(viewOf(framed))![strip]!).toBeGreaterThan(frameEdge(viewOf(striped))![strip]! + 0.5);
  });

  test('is not measured on a plain picture', () => {
    expect(frameEdge(viewOf(() => 90))).toBeUndefined();
  });
});

describe('focus', () => {
  const isHeldUp = (x: number, y: number): boolean => Math.max(Math.abs(x - 160), Math.abs(y - 165)) < 70;
  const soft: Paint = (x, y, channel) => scene(x, y, channel) - 12 * grain(x, y);

  test('is better on what is held up than on a blurred room behind it', () => {
    const heldUp: Paint = (x, y, channel) => (isHeldUp(x, y) ? scene : soft)(x, y, channel);
    const [beside] = focus(viewOf(heldUp));
    expect(beside!).toBeGreaterThan(focus(viewOf(scene))[0]! + 0.5);
  });

  test('is the same all over where the whole picture is blurred', () => {
    expect(Math.abs(focus(viewOf(soft))[0]!)).toBeLessThan(0.5);
  });
});
