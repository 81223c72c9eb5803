import { describe, expect, test } from 'vitest';
import { EngineError } from '../vocabulary/errors.ts';
import { decodeImage } from './decode.ts';

interface Drawn {
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  /** Rows as stored, each padded by {@link drawBmp}. */
  readonly rows: readonly (readonly number[])[];
  readonly compression?: number;
  /** What follows the 40-byte header: masks or palette. */
  readonly extra?: readonly number[];
  /** Bytes between that and the pixels. */
  readonly gap?: number;
}

function drawBmp({ bits, width, height, rows, compression = 0, extra = [], gap = 0 }: Drawn): Buffer {
  const body = Buffer.concat(
    rows.map((row) => Buffer.from([...row, ...Array<number>((4 - (row.length % 4)) % 4).fill(0)])),
  );
  const start = 54 + extra.length + gap;
  const file = Buffer.alloc(start + body.length);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  file.set(extra, 54);
  body.copy(file, start);
  return file;
}

const decoded = async (drawn: Drawn) => [...(await decodeImage(drawBmp(drawn))).image.pixels];
const codeOf = (bytes: Uint8Array) =>
  decodeImage(bytes).then(
    () => 'decoded',
    (error: unknown) => (error instanceof EngineError ? error.code : error),
  );

/** Blue, green, red, unused. */
const PALETTE = [0, 0, 0, 0, 30, 20, 10, 0, 60, 50, 40, 0, 90, 80, 70, 0];
const ENTRIES = [
  [0, 0, 0],
  [10, 20, 30],
  [40, 50, 60],
  [70, 80, 90],
] as const;

describe('decodeBmp', () => {
  test('24 bit: bottom row first, blue first, rows padded', async () => {
    const rows = [
      [3, 2, 1],
      [6, 5, 4],
    ];
    expect(await decoded({ bits: 24, width: 1, height: 2, rows })).toEqual([4, 5, 6, 1, 2, 3]);
  });

  test('a negative height means top row first', async () => {
    const rows = [
      [3, 2, 1],
      [6, 5, 4],
    ];
    expect(await decoded({ bits: 24, width: 1, height: -2, rows })).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('the pixels begin where the header says', async () => {
    expect(await decoded({ bits: 24, width: 1, height: 1, rows: [[3, 2, 1]], gap: 26 })).toEqual([1, 2, 3]);
  });

  test('8 bit looks its colours up', async () => {
    const extra = [...PALETTE, ...Array<number>(4 * 252).fill(0)];
    const pixels = await decoded({ bits: 8, width: 3, height: 1, rows: [[2, 1, 3]], extra });
    expect(pixels).toEqual([...ENTRIES[2], ...ENTRIES[1], ...ENTRIES[3]]);
  });

  test('4 bit of odd width keeps every row', async () => {
    const extra = [...PALETTE, ...Array<number>(4 * 12).fill(0)];
    const pixels = await decoded({
      bits: 4,
      width: 3,
      height: 2,
      rows: [
        [0x12, 0x30],
        [0x32, 0x10],
      ],
      extra,
    });
    expect(pixels).toEqual([3, 2, 1, 1, 2, 3].flatMap((entry) => [...ENTRIES[entry]!]));
  });

  test('1 bit goes from the highest bit down', async () => {
    const extra = PALETTE.slice(0, 8);
    const pixels = await decoded({ bits: 1, width: 10, height: 1, rows: [[0b01000001, 0b10000000]], extra });
    expect(pixels).toEqual([0, 1, 0, 0, 0, 0, 0, 1, 1, 0].flatMap((entry) => [...ENTRIES[entry]!]));
  });

  test('32 bit ignores the fourth byte', async () => {
    expect(await decoded({ bits: 32, width: 1, height: 1, rows: [[3, 2, 1, 99]] })).toEqual([1, 2, 3]);
  });

  test('32 bit with masks in another order', async () => {
    const extra = [0xff, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0, 0xff];
    const rows = [[1, 2, 0, 250]];
    expect(await decoded({ bits: 32, width: 1, height: 1, rows, compression: 3, extra })).toEqual([
      1, 2, 250,
    ]);
  });

  test('16 bit: five bits a channel, and six for green with masks', async () => {
    expect(await decoded({ bits: 16, width: 1, height: 1, rows: [[0xff, 0x7f]] })).toEqual([255, 255, 255]);
    expect(await decoded({ bits: 16, width: 1, height: 1, rows: [[0x00, 0x7c]] })).toEqual([255, 0, 0]);
    const extra = [0x00, 0xf8, 0, 0, 0xe0, 0x07, 0, 0, 0x1f, 0x00, 0, 0];
    const green = { bits: 16, width: 1, height: 1, rows: [[0xe0, 0x07]], compression: 3, extra };
    expect(await decoded(green)).toEqual([0, 255, 0]);
  });

  test('an index beyond the palette is black', async () => {
    const file = drawBmp({ bits: 8, width: 1, height: 1, rows: [[200]], extra: PALETTE });
    file.writeUInt32LE(4, 46);
    expect([...(await decodeImage(file)).image.pixels]).toEqual([0, 0, 0]);
  });

  test('run-length compression is not accepted', async () => {
    const extra = [...PALETTE, ...Array<number>(4 * 252).fill(0)];
    const rle = drawBmp({ bits: 8, width: 1, height: 1, rows: [[1, 1]], compression: 1, extra });
    expect(await codeOf(rle)).toBe('unsupported-media');
  });

  test('every cut makes it unreadable or, in the header, unknown', async () => {
    const file = drawBmp({
      bits: 24,
      width: 5,
      height: 5,
      rows: Array<number[]>(5).fill(Array<number>(15).fill(7)),
    });
    for (let length = 1; length < file.length; length++) {
      expect(['image-unreadable', 'unsupported-media']).toContain(await codeOf(file.subarray(0, length)));
    }
  });

  test('sides that are zero, negative or enormous are refused before anything is allocated', async () => {
    const file = (width: number, height: number) => drawBmp({ bits: 24, width, height, rows: [[1, 2, 3]] });
    expect(await codeOf(file(0, 1))).toBe('image-unreadable');
    expect(await codeOf(file(-1, 1))).toBe('image-unreadable');
    expect(await codeOf(file(1, -(2 ** 31)))).toBe('payload-too-large');
    expect(await codeOf(file(2 ** 31 - 1, 2 ** 31 - 1))).toBe('payload-too-large');
    expect(await codeOf(file(6000, 6000))).toBe('image-unreadable');
  });
});
