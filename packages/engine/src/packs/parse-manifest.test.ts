import { describe, expect, test } from 'vitest';
import { ACCURATE_PACK } from './accurate.data.ts';
import { CORE_PACK } from './core.data.ts';
import type { PackManifest } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

const { manifest } = CORE_PACK;
const parse = (changes: Partial<PackManifest> | Record<string, unknown>): PackManifest =>
  parseManifest(JSON.stringify({ ...manifest, ...changes }));

test.each([CORE_PACK, ACCURATE_PACK])('our own manifest of $manifest.id is valid', (recipe) => {
  expect(parseManifest(JSON.stringify(recipe.manifest))).toEqual(recipe.manifest);
});

describe('refuses, and says where,', () => {
  const [first] = manifest.recognition;

  test('a field of the wrong kind', () => {
    expect(() => parse({ rank: 'high' })).toThrow(/\/rank must be integer/);
  });

  test('a field nobody knows', () => {
    expect(() => parse({ colour: 'green' })).toThrow(/not valid/);
  });

  test('a file name that leaves the folder', () => {
    const [file] = manifest.files;
    expect(() => parse({ files: [{ ...file, name: '../x.onnx' }] })).toThrow(/\/files\/0\/name/);
  });

  test('a network whose file is not listed', () => {
    expect(() => parse({ landmarks: { ...manifest.landmarks, file: 'mesh.onnx' } })).toThrow(
      /lacks mesh\.onnx/,
    );
  });

  test('a file listed twice', () => {
    expect(() => parse({ files: [...manifest.files, manifest.files[0]] })).toThrow(/names a file twice/);
  });

  test('shares that do not add up to one', () => {
    const recognition = [0.75, 0.5].map((share) => ({ ...first, share }));
    expect(() => parse({ recognition })).toThrow(/add up to 1\.25, not 1/);
  });

  test('a calibration that does not fall', () => {
    const anchors = [...manifest.calibration.anchors].reverse();
    expect(() => parse({ calibration: { ...manifest.calibration, anchors } })).toThrow(/rising scores/);
  });

  test('what is not JSON', () => {
    expect(() => parseManifest('{')).toThrow(/not JSON/);
  });
});
