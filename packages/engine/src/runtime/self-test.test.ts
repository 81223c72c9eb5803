import { describe, expect, it } from 'vitest';
import type { PackManifest } from '../packs/manifest.ts';
import { unitLength } from '../recognition/recogniser.ts';
import type { AnalysedFace, AnalysedImage } from '../vocabulary/analysis.ts';
import { degrees } from '../vocabulary/units.ts';
import { checkFingerprint, fingerprintOf } from './self-test.ts';

const values = unitLength(Float32Array.from({ length: 128 }, (_, index) => Math.sin(index * 1.7)));
const point = { x: 0, y: 0 };
const face = (template: Float32Array): AnalysedFace => ({
  box: { x: 0, y: 0, width: 1, height: 1 },
  landmarks: {
    subjectRightEye: point,
    subjectLeftEye: point,
    noseTip: point,
    subjectRightMouthCorner: point,
    subjectLeftMouthCorner: point,
  },
  roll: degrees(0),
  detectionScore: 1,
  template: { packId: 'drawn@1.0.0', values: template },
  portraits: [],
});
const picture = (...templates: Float32Array[]): AnalysedImage => ({
  width: 1,
  height: 1,
  faces: templates.map(face),
  mediaType: 'image/jpeg',
  stageMs: {},
});
const golden = fingerprintOf(picture(values), 8);
const manifest = { id: 'drawn', golden: { picture: 'npm:none', ...golden } } as unknown as PackManifest;

describe('the self-test', () => {
  it('accepts the templates it was made from', () => {
    expect(() => checkFingerprint(fingerprintOf(picture(values), 8), manifest)).not.toThrow();
  });

  it('accepts rounding of the last bits', () => {
    const rounded = values.map((value) => value + 1e-6);
    expect(() => checkFingerprint(fingerprintOf(picture(rounded), 8), manifest)).not.toThrow();
  });

  it('refuses a template that has drifted by one part in fifty', () => {
    const drifted = unitLength(values.map((value, index) => value + (index % 3 === 0 ? 0.02 : 0)));
    expect(() => checkFingerprint(fingerprintOf(picture(drifted), 8), manifest)).toThrow(/drift/);
  });

  it('refuses another number of faces and a face without a template', () => {
    expect(() => checkFingerprint(fingerprintOf(picture(values, values), 8), manifest)).toThrow(
      /2 of 1 faces/,
    );
    expect(() => checkFingerprint(fingerprintOf(picture(), 8), manifest)).toThrow(/0 of 1 faces/);
    expect(() => checkFingerprint(fingerprintOf(picture(new Float32Array(128)), 8), manifest)).toThrow(
      /drift/,
    );
  });

  it('refuses values that are not numbers', () => {
    const broken = values.map(() => Number.NaN);
    expect(() => checkFingerprint(fingerprintOf(picture(broken), 8), manifest)).toThrow(/drift/);
  });
});
