import { describe, expect, it } from 'vitest';
import { TINY_CALIBRATION, TINY_SPEC } from '../injection/networks/tiny-network.fixture.ts';
import { CORE_PACK } from './core.data.ts';
import type { InjectionNetworkSpec } from './injection-network.ts';
import type { PackManifest } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

const { manifest } = CORE_PACK;
const SOURCE = { origin: 'our own', path: 'tiny.onnx', sha256: 'a'.repeat(64), licence: 'Apache-2.0' };
const FILE = { name: TINY_SPEC.file, sha256: 'a'.repeat(64), bytes: 1, sources: [SOURCE] };

const parse = (injection: readonly unknown[], file: object = FILE): PackManifest =>
  parseManifest(JSON.stringify({ ...manifest, files: [...manifest.files, file], injection }));

const withOutput = (changes: Partial<InjectionNetworkSpec['output']>) => [
  { ...TINY_SPEC, output: { ...TINY_SPEC.output, ...changes } },
];
const withCalibration = (changes: object) => [
  { ...TINY_SPEC, calibration: { ...TINY_CALIBRATION, ...changes } },
];

describe('a manifest', () => {
  it('names any number of networks for manipulated faces, calibrated or not', () => {
    const other = { ...TINY_SPEC, name: 'other', calibration: TINY_CALIBRATION };
    expect(parse([TINY_SPEC, other]).injection).toEqual([TINY_SPEC, other]);
    expect(parse([]).injection).toEqual([]);
  });

  it.each([
    ['a name twice', [TINY_SPEC, TINY_SPEC], /names a network twice/],
    ['a name that is none', [{ ...TINY_SPEC, name: 'Tiny One' }], /\/injection\/0\/name/],
    ['a file that is not listed', [{ ...TINY_SPEC, file: 'other.onnx' }], /lacks other\.onnx/],
    ['a probability of two classes', withOutput({ meaning: 'probability', against: 1 }), /only logits/],
    ['a value against itself', withOutput({ against: 0 }), /against itself/],
    ['a deviation of 0', [{ ...TINY_SPEC, input: { ...TINY_SPEC.input, std: [1, 0, 1] } }], /may be 0/],
    ['a slope the wrong way', withCalibration({ slope: -1 }), /calibration\/slope/],
    ['a bound beyond what our own signals earn', withCalibration({ logRatioMax: 4 }), /logRatioMax/],
    ['a calibration on nothing', withCalibration({ dataset: '' }), /calibration\/dataset/],
  ])('is refused with %s', (_, injection, fault) => {
    expect(() => parse(injection)).toThrow(fault);
  });

  it('is refused where nobody is credited for such a network', () => {
    expect(() => parse([TINY_SPEC], { ...FILE, sources: [] })).toThrow(/no source with a licence/);
    const bare = { ...FILE, sources: [{ ...SOURCE, licence: ' ' }] };
    expect(() => parse([TINY_SPEC], bare)).toThrow(/no source with a licence/);
  });
});
