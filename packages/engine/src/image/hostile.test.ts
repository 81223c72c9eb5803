import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { EngineError, type EngineErrorCode } from '../vocabulary/errors.ts';
import { decodeImage } from './decode.ts';
import { configureLibvips } from './libvips.ts';
import { DEFAULT_IMAGE_LIMITS } from './limits.ts';

const DATA = process.env['FACEGATE_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data');
const HOSTILE = join(DATA, 'hostile');
const isPresent = existsSync(HOSTILE);
const reason = isPresent ? '' : ' (skipped: no hostile corpus; set FACEGATE_TEST_DATA)';

const SECONDS_MAX = 5;
const RSS_GROWTH_MAX = 600 * 1024 * 1024;

type Outcome = EngineErrorCode | 'decoded';

interface Row {
  readonly file: string;
  readonly outcome: Outcome;
  readonly seconds: number;
  readonly pixels: number;
}

async function outcomeOf(file: string): Promise<Row> {
  const bytes = readFileSync(join(HOSTILE, file));
  const start = performance.now();
  const { outcome, pixels } = await decodeImage(bytes).then(
    ({ image }) => ({ outcome: 'decoded' as Outcome, pixels: image.width * image.height }),
    (error: unknown) => {
      if (!(error instanceof EngineError)) throw error;
      return { outcome: error.code, pixels: 0 };
    },
  );
  return { file, outcome, pixels, seconds: (performance.now() - start) / 1000 };
}

const listFiles = () =>
  readdirSync(HOSTILE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(HOSTILE, join(entry.parentPath, entry.name)))
    .sort();

describe.skipIf(!isPresent)(`the hostile corpus${reason}`, () => {
  const rows: Row[] = [];
  const rss = { before: 0, peak: 0 };
  const outcomeIn = (pattern: RegExp) => rows.filter((row) => pattern.test(row.file));
  const codesIn = (pattern: RegExp) => [...new Set(outcomeIn(pattern).map((row) => row.outcome))];

  beforeAll(async () => {
    configureLibvips();
    rss.before = process.memoryUsage.rss();
    for (const file of listFiles()) {
      rows.push(await outcomeOf(file));
      rss.peak = Math.max(rss.peak, process.memoryUsage.rss());
    }
    const counts = new Map<Outcome, number>();
    for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const table = [...counts].sort((a, b) => b[1] - a[1]).map(([code, n]) => `${code} ${n}`);
    process.stdout.write(`hostile corpus, ${rows.length} files: ${table.join(', ')}\n`);
  }, 120_000);

  test('has hundreds of files, and every one decodes or fails with an engine error', () => {
    expect(rows.length).toBeGreaterThan(500);
  });

  test(`no file takes ${SECONDS_MAX} seconds`, () => {
    expect(rows.filter((row) => row.seconds >= SECONDS_MAX)).toEqual([]);
  });

  test('memory stays within bounds', () => {
    expect(rss.peak - rss.before).toBeLessThan(RSS_GROWTH_MAX);
  });

  test('what decodes is within the limits', () => {
    const decoded = rows.filter((row) => row.outcome === 'decoded');
    expect(Math.max(...decoded.map((row) => row.pixels))).toBeLessThanOrEqual(DEFAULT_IMAGE_LIMITS.pixelsMax);
  });

  test('every valid picture of the PNG suite decodes', () => {
    // Their names tell: x marks the deliberately corrupt ones.
    const valid = outcomeIn(/pngsuite(-extra)?\/[^x][^/]*\.png$/);
    expect(valid.length).toBeGreaterThan(150);
    expect(valid.filter((row) => row.outcome !== 'decoded')).toEqual([]);
  });

  test('no corrupt picture of the PNG suite decodes', () => {
    const corrupt = outcomeIn(/pngsuite\/x[^/]*\.png$/);
    expect(corrupt.length).toBeGreaterThan(10);
    expect(corrupt.filter((row) => row.outcome === 'decoded')).toEqual([]);
  });

  test('every orientation sample decodes', () => {
    expect(codesIn(/(exif-orientation|sharp\/.*)\/(Landscape|Portrait)_\d\.jpg$/)).toEqual(['decoded']);
  });

  test.each([
    'sharp/test/fixtures/Channel_digital_image_CMYK_color.jpg',
    'sharp/test/fixtures/Channel_digital_image_CMYK_color_no_profile.jpg',
    'sharp/test/fixtures/16-bit-grey-alpha.png',
    'sharp/test/fixtures/Flag_of_the_Netherlands-16bit.png',
    'sharp/test/fixtures/4.webp',
    'sharp/test/fixtures/animated-loop-3.webp',
    'sharp/test/fixtures/G31D_MULTI.TIF',
    'sharp/test/fixtures/cielab-dagams.tiff',
    'sharp/test/fixtures/sdr_cosmos12920_cicp1-13-6_yuv444_full_qp10.avif',
    'synthetic/cmyk.jpg',
    'synthetic/grey16.png',
    'synthetic/all-transparent.png',
    'synthetic/polyglot-html.jpg',
    'corkami/mini/bmp.bmp',
    'corkami/mini/jpg.jpg',
    'corkami/mini/png.png',
    'corkami/mini/webp.webp',
    'corkami/mini/webpl.webp',
  ])('%s decodes', (file) => {
    expect(rows.find((row) => row.file === file)?.outcome).toBe('decoded');
  });

  test.each([
    'synthetic/108mp-grey.jpg',
    'synthetic/108mp-progressive.jpg',
    'synthetic/bomb-1bit-30000.png',
    'synthetic/bomb-rgb-10000.png',
    'synthetic/lie-ihdr-2g.png',
    'synthetic/lie-ihdr-65535-rgba16.png',
    'synthetic/lie-sof-65500.jpg',
    'synthetic/1x65000.png',
  ])('%s is refused as too large', (file) => {
    expect(rows.find((row) => row.file === file)?.outcome).toBe('payload-too-large');
  });

  test('a truncated JPEG is never half a picture', () => {
    expect(codesIn(/synthetic\/trunc-\d+\.jpg$/)).toEqual(['image-unreadable']);
  });

  test('scripts, vector pictures and foreign formats never reach a decoder, whatever they are called', () => {
    expect(codesIn(/\.(svg|mvg|eps|ps|xbm|gif|jp2|psd|ico|json|gz|bin)$/)).toEqual(['unsupported-media']);
    expect(codesIn(/upload-exploits\/(GhostScript|SVG)\/.*\.jpg$/)).toEqual(['unsupported-media']);
    expect(codesIn(/synthetic\/svg-as\.jpg$/)).toEqual(['unsupported-media']);
  });

  test('a file without bytes is empty', () => {
    expect(codesIn(/synthetic\/zero-byte\.jpg$/)).toEqual(['image-empty']);
  });
});
