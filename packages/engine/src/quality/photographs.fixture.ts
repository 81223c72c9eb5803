import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MeasuredQuality, QualityMeasure } from '../vocabulary/quality.ts';

export const ROOT = resolve(import.meta.dirname, '../../../..');

const DATA = process.env['FACEGATE_TEST_DATA'] ?? resolve(ROOT, '../shared/data');
const LIST = join(DATA, 'lfw-view1/pairsDevTrain.txt');

export const hasPhotographs = existsSync(LIST);

/** What Regula's ICAO scenario accepts. */
const RANGES = {
  'eyes-x': [0.45, 0.55],
  'eyes-y': [0.3, 0.5],
  'head-width': [0.5, 0.75],
  'head-height': [0.6, 0.9],
  'colour-channels': [3, 3],
  blur: [0, 0.15],
  noise: [0, 0.2],
  'dynamic-range': [7, 8],
  'unnatural-skin': [0, 0.5],
  'red-eyes': [0, 0.5],
  'too-dark': [0, 0.38],
  'too-light': [0, 0.5],
  glare: [0, 0.5],
  'face-shadow': [0, 0.5],
  'face-occlusion': [0, 0.06],
} as const satisfies Partial<Record<QualityMeasure, readonly [number, number]>>;

export type Checked = keyof typeof RANGES;
export const CHECKED = Object.keys(RANGES) as Checked[];

/** Paths of every fourth picture of the training list, so that many people are among them. */
export function developmentPictures(): string[] {
  const names = new Set<string>();
  for (const line of readFileSync(LIST, 'utf8').split('\n')) {
    const parts = line.trim().split(/\s+/);
    const [name, number] = parts;
    if (parts.length >= 3) names.add(`${name}_${number!.padStart(4, '0')}.jpg`);
  }
  return [...names]
    .sort()
    .filter((_, index) => index % 4 === 0)
    .map((name) => join(DATA, 'lfw-view1/images', name));
}

export const isOutside = (measured: MeasuredQuality, measure: Checked): boolean => {
  const value = measured[measure];
  return value !== undefined && (value < RANGES[measure][0] || value > RANGES[measure][1]);
};
