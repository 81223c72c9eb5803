import { expect, test } from 'vitest';
import { ACCURATE_PACK } from './accurate.data.ts';
import { CORE_PACK } from './core.data.ts';
import { externalSources, sourceUrl } from './recipe.ts';

test('a source in a repository has an address pinned to its commit', () => {
  const source = { origin: 'owner/name@abc123', path: 'some folder/model#1.onnx', sha256: '', licence: '' };
  expect(sourceUrl(source)).toBe(
    'https://raw.githubusercontent.com/owner/name/abc123/some%20folder/model%231.onnx',
  );
});

test('a source in an npm package has none', () => {
  expect(() => sourceUrl(CORE_PACK.files[0]!.sources[0]!)).toThrow(/npm:@vladmandic\/human@3\.3\.6 has no/);
});

test('the core pack needs nothing from outside', () => {
  expect(externalSources(CORE_PACK)).toEqual([]);
});

test('the accurate pack asks for six files, each under a name of its own', () => {
  const names = externalSources(ACCURATE_PACK).map((source) => source.localName);
  expect(names).toEqual([
    'yunet-2023mar.onnx',
    'mobilefacenet-foamliu.onnx',
    'glasses-fp16.tflite',
    'minifasnet-v2-2.7_80x80.pth',
    'minifasnet-v1se-4.0_80x80.pth',
    'face-antispoof-98.20.onnx',
  ]);
});
