import { overlaySvg } from '@facegate/engine';
import type { AnalysedImage } from '@facegate/engine/vocabulary';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createFakeEngine } from '../testing/fake-engine.ts';
import { drawFacesAsPng, drawFacesAsSvg } from './draw-faces.ts';

const analysed = () => createFakeEngine().analyse(new TextEncoder().encode('face 0'), { faces: 'all' });

const greyPicture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 90, g: 90, b: 90 } } });

const drawFaces = (bytes: Uint8Array, image: AnalysedImage) => drawFacesAsPng(bytes, { image, overlaySvg });

async function pixelReader(png: Uint8Array) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3),
  ];
  return { at, width: info.width, height: info.height };
}

test('the box lies on its edges, the points at their places, the rest is untouched', async () => {
  const png = await drawFaces(await greyPicture(60, 40).png().toBuffer(), await analysed());
  const { at, width, height } = await pixelReader(png);
  expect([width, height]).toEqual([60, 40]);
  for (const [x, y] of [
    [10, 20],
    [29, 20],
    [20, 8],
    [20, 31],
  ] as const)
    expect(at(x, y)).toEqual([0, 229, 255]);
  expect(at(15, 15)).toEqual([255, 23, 68]);
  expect(at(25, 15)).toEqual([41, 121, 255]);
  expect(at(20, 20)).toEqual([0, 230, 118]);
  expect(at(16, 26)).toEqual([255, 145, 0]);
  expect(at(24, 26)).toEqual([213, 0, 249]);
  for (const [x, y] of [
    [0, 0],
    [59, 39],
    [5, 20],
    [40, 20],
    [20, 12],
  ] as const)
    expect(at(x, y)).toEqual([90, 90, 90]);
});

test('a picture with an EXIF orientation is turned upright before it is drawn on', async () => {
  const sideways = await greyPicture(40, 60).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const { at, width, height } = await pixelReader(await drawFaces(sideways, await analysed()));
  expect([width, height]).toEqual([60, 40]);
  expect(at(10, 20)).toEqual([0, 229, 255]);
});

test('mesh points are drawn where they are', async () => {
  const image = await analysed();
  const faces = image.faces.map((face) => ({
    ...face,
    box: { x: -400, y: -400, width: 200, height: 200 },
    mesh: [{ x: 50.5, y: 30.5 }],
  }));
  const { at } = await pixelReader(
    await drawFaces(await greyPicture(60, 40).png().toBuffer(), { ...image, faces }),
  );
  expect(at(50, 30)).toEqual([255, 255, 255]);
  expect(at(55, 35)).toEqual([90, 90, 90]);
});

test('a picture without faces comes back as it was', async () => {
  const image = { ...(await analysed()), faces: [] };
  const { at } = await pixelReader(await drawFaces(await greyPicture(60, 40).png().toBuffer(), image));
  expect(at(10, 20)).toEqual([90, 90, 90]);
});

test('grey, 16-bit and transparent pictures can be drawn on in colour', async () => {
  const grey = await greyPicture(60, 40).toColourspace('b-w').png().toBuffer();
  const deep = await greyPicture(60, 40).toColourspace('rgb16').png().toBuffer();
  const clear = await greyPicture(60, 40).ensureAlpha(0).png().toBuffer();
  for (const picture of [grey, deep, clear]) {
    const { at } = await pixelReader(await drawFaces(picture, await analysed()));
    expect(at(10, 20)).toEqual([0, 229, 255]);
  }
});

test('drawing works after the SVG loader was barred, as the engine does', async () => {
  sharp.block({ operation: ['VipsForeignLoadSvg'] });
  const { at } = await pixelReader(
    await drawFaces(await greyPicture(60, 40).png().toBuffer(), await analysed()),
  );
  expect(at(10, 20)).toEqual([0, 229, 255]);
});

test('bytes that cannot be drawn on are refused with advice', async () => {
  await expect(drawFaces(new TextEncoder().encode('nothing'), await analysed())).rejects.toMatchObject({
    code: 'not-drawable',
    exitCode: 3,
  });
});

test('advice makes the picture higher, and the picture stays where it is', async () => {
  const options = { advice: [['Turn your head to the left.']] };
  const picture = await greyPicture(60, 40).png().toBuffer();
  const png = await drawFacesAsPng(picture, { image: await analysed(), overlaySvg, options });
  const { at, width, height } = await pixelReader(png);
  expect(width).toBe(60);
  expect(height).toBeGreaterThan(60);
  expect(at(0, 39)).toEqual([90, 90, 90]);
  expect(at(0, 42)).toEqual([32, 33, 36]);
});

test('an SVG holds the upright picture', async () => {
  const sideways = await greyPicture(40, 60).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const svg = new TextDecoder().decode(
    await drawFacesAsSvg(sideways, { image: await analysed(), overlaySvg }),
  );
  const [, base64] = /href="data:image\/jpeg;base64,([^"]+)"/.exec(svg) ?? [];
  const { width, height } = await sharp(Buffer.from(base64 ?? '', 'base64')).metadata();
  expect([width, height]).toEqual([60, 40]);
  expect(svg).toMatch(/^<svg [^>]*width="60" height="40"/);
});
