import { describe, expect, test } from 'vitest';
import type { AnalysedFace } from '../vocabulary/analysis.ts';
import { degrees } from '../vocabulary/units.ts';
import { overlaySvg } from './overlay-svg.ts';

const FACE: AnalysedFace = {
  box: { x: 100, y: 80, width: 200, height: 220 },
  landmarks: {
    subjectRightEye: { x: 160, y: 160 },
    subjectLeftEye: { x: 240, y: 160 },
    noseTip: { x: 200, y: 200 },
    subjectRightMouthCorner: { x: 170, y: 240 },
    subjectLeftMouthCorner: { x: 230, y: 240 },
  },
  roll: degrees(0),
  detectionScore: 0.9,
  portraits: [],
};
const MESH = Array.from({ length: 468 }, (_, i) => ({ x: i, y: 2 * i }));
const IMAGE = { width: 400, height: 500, faces: [FACE] };

const count = (svg: string, pattern: RegExp): number => svg.match(pattern)?.length ?? 0;
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text!);

test('an overlay is as large as the picture and has each face with its box and five points', () => {
  const { svg, width, height } = overlaySvg({ ...IMAGE, faces: [FACE, FACE] });
  expect([width, height]).toEqual([400, 500]);
  expect(svg).toContain('viewBox="0 0 400 500"');
  expect(count(svg, /<g class="face">/g)).toBe(2);
  expect(count(svg, /<rect class="box" x="100" y="80" width="200" height="220"/g)).toBe(2);
  expect(svg).toMatch(/<circle class="subjectLeftEye"[^>]* cx="240" cy="160"/);
  expect(count(svg, /<circle/g)).toBe(10);
  expect(texts(svg)).toEqual(['0', '1']);
  expect(count(svg, /<image|class="mesh"/g)).toBe(0);
});

test('a mesh has a dot for every point and lines where people see them', () => {
  const { svg } = overlaySvg({ ...IMAGE, faces: [{ ...FACE, mesh: MESH }] });
  expect(count(svg, /<circle/g)).toBe(468 + 5);
  expect(count(svg, /<polygon/g)).toBe(7);
  expect(count(svg, /<polyline/g)).toBe(1);
  expect(svg).toContain('points="10.0,20.0 338.0,676.0 ');
});

test('the frame of a portrait has its eyes where the portrait will', () => {
  const { svg } = overlaySvg(IMAGE, { portrait: '1:1' });
  const side = 80 / 0.188;
  const [, polygon] = /<polygon[^>]* points="([^"]+)"/.exec(svg)!;
  const [topLeft, topRight, bottomRight] = polygon!.split(' ').map((pair) => pair.split(',').map(Number));
  expect(topRight![0]! - topLeft![0]!).toBeCloseTo(side, -1);
  expect(bottomRight![1]! - topRight![1]!).toBeCloseTo(side, -1);
  expect((160 - topLeft![1]!) / (bottomRight![1]! - topLeft![1]!)).toBeCloseTo(0.427, 2);
  expect(svg).toMatch(/<polyline[^>]* points="[-\d.]+,160.0 [-\d.]+,160.0"/);
});

describe('advice', () => {
  test('stands below the picture, broken between words', () => {
    const advice = [['Turn your head 12° to the left.', `Remove ${'everything '.repeat(12)}from your face.`]];
    const { svg, height } = overlaySvg(IMAGE, { advice });
    const lines = texts(svg);
    expect(lines[0]).toBe('• Turn your head 12° to the left.');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.map((line) => line.trim()).join(' ')).toBe(
      advice[0]!.map((sentence) => `• ${sentence}`).join(' '),
    );
    const below = [...svg.matchAll(/<text[^>]* y="([\d.]+)"/g)].map(([, y]) => Number(y));
    for (const y of below) expect(y > 500 && y < height).toBe(true);
  });

  test('of several faces is numbered', () => {
    const { svg } = overlaySvg({ ...IMAGE, faces: [FACE, FACE] }, { advice: [[], ['Open your eyes.']] });
    expect(texts(svg).at(-1)).toBe('1: Open your eyes.');
    expect(texts(svg).filter((text) => text.includes(':'))).toHaveLength(1);
  });

  test('cannot leave its element', () => {
    const { svg } = overlaySvg(IMAGE, { advice: [['</text><script>&"\u0000']] });
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&amp;&quot;</text>');
    expect(svg).not.toContain('<script>');
  });
});

test('the picture lies below everything else', () => {
  const picture = { mediaType: 'image/png', bytes: Uint8Array.of(1, 2, 3) };
  const { svg } = overlaySvg(IMAGE, { picture });
  expect(svg).toMatch(/^<svg[^>]*><image href="data:image\/png;base64,AQID" width="400" height="500"\/><g/);
});
