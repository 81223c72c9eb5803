import { EngineError } from '../vocabulary/errors.ts';
import type { ImageHeader } from './headers/header.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/**
 * Decodes an uncompressed BMP: 1, 4 and 8 bit with palette, 16, 24 and 32 bit, channel masks, rows in either order.
 *
 * Our own: libvips' prebuilt binary has no loader, `fast-bmp` ignores palettes and rows that go down, `bmp-ts` ignores
 * where the header says the pixels begin and stops 4-bit pictures of odd width after one row.
 *
 * @throws EngineError `unsupported-media` for run-length or embedded compression, `image-unreadable` otherwise.
 * @source Microsoft, BITMAPINFOHEADER and BITMAPV5HEADER.
 */
export function decodeBmp(bytes: Uint8Array, { width, height }: ImageHeader): RgbImage {
  const layout = readLayout(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  const stride = 4 * Math.ceil((width * layout.bits) / 32);
  if (layout.start + stride * height > bytes.length) {
    throw new EngineError('image-unreadable', 'The BMP image is cut short.');
  }
  const pixels = new Uint8Array(3 * width * height);
  const writeRow = rowWriter(layout);
  for (let y = 0; y < height; y++) {
    const row = layout.goesDown ? y : height - 1 - y;
    const source = bytes.subarray(layout.start + row * stride, layout.start + (row + 1) * stride);
    writeRow(source, pixels.subarray(3 * width * y, 3 * width * (y + 1)));
  }
  return rgbImage(width, height, pixels);
}

interface BmpLayout {
  readonly bits: number;
  /** Offset of the first pixel row in the file. */
  readonly start: number;
  readonly goesDown: boolean;
  /** Three bytes per entry, RGB; used up to 8 bits. */
  readonly palette: Uint8Array;
  /** Used at 16 and 32 bits: red, green, blue. */
  readonly masks: readonly [number, number, number];
}

const BI_RGB = 0;
const BI_BITFIELDS = 3;
const BI_ALPHABITFIELDS = 6;

function readLayout(view: DataView): BmpLayout {
  try {
    return parseLayout(view);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new EngineError('image-unreadable', 'The header of the BMP image is cut short.', { cause });
  }
}

function parseLayout(view: DataView): BmpLayout {
  const headerSize = view.getUint32(14, true);
  const isOs2 = headerSize === 12;
  const bits = view.getUint16(isOs2 ? 24 : 28, true);
  const compression = isOs2 ? BI_RGB : view.getUint32(30, true);
  const hasMasks = compression === BI_BITFIELDS || compression === BI_ALPHABITFIELDS;
  if (![1, 4, 8, 16, 24, 32].includes(bits) || (compression !== BI_RGB && !hasMasks)) {
    throw new EngineError('unsupported-media', `BMP with ${bits} bits and compression ${compression}.`);
  }
  return {
    bits,
    start: view.getUint32(10, true),
    goesDown: !isOs2 && view.getInt32(22, true) < 0,
    palette: bits <= 8 ? readPalette(view, headerSize, bits) : new Uint8Array(),
    masks: hasMasks && bits !== 24 ? readMasks(view) : defaultMasks(bits),
  };
}

/** Entries the file does not have are black. */
function readPalette(view: DataView, headerSize: number, bits: number): Uint8Array {
  const isOs2 = headerSize === 12;
  const entrySize = isOs2 ? 3 : 4;
  const declared = isOs2 ? 0 : view.getUint32(46, true);
  const count = declared === 0 ? 2 ** bits : Math.min(declared, 2 ** bits);
  const palette = new Uint8Array(3 * 2 ** bits);
  for (let i = 0; i < count; i++) {
    const at = 14 + headerSize + i * entrySize;
    palette.set([view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)], 3 * i);
  }
  return palette;
}

const readMasks = (view: DataView): BmpLayout['masks'] => [
  view.getUint32(54, true),
  view.getUint32(58, true),
  view.getUint32(62, true),
];

const defaultMasks = (bits: number): BmpLayout['masks'] =>
  bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0xff00, 0xff];

type RowWriter = (source: Uint8Array, target: Uint8Array) => void;

function rowWriter(layout: BmpLayout): RowWriter {
  if (layout.bits <= 8) return (source, target) => writeIndexed(layout, source, target);
  if (layout.bits === 24) return writeTrueColour;
  return (source, target) => writeMasked(layout, source, target);
}

function writeTrueColour(source: Uint8Array, target: Uint8Array): void {
  for (let p = 0; p < target.length; p += 3) {
    target[p] = source[p + 2]!;
    target[p + 1] = source[p + 1]!;
    target[p + 2] = source[p]!;
  }
}

function writeIndexed({ bits, palette }: BmpLayout, source: Uint8Array, target: Uint8Array): void {
  const perByte = 8 / bits;
  for (let p = 0, x = 0; p < target.length; p += 3, x++) {
    const shift = 8 - bits * (1 + (x % perByte));
    const entry = 3 * ((source[Math.floor(x / perByte)]! >> shift) & (2 ** bits - 1));
    target[p] = palette[entry]!;
    target[p + 1] = palette[entry + 1]!;
    target[p + 2] = palette[entry + 2]!;
  }
}

function writeMasked({ bits, masks }: BmpLayout, source: Uint8Array, target: Uint8Array): void {
  const view = new DataView(source.buffer, source.byteOffset, source.length);
  const channels = masks.map((mask) => ({ mask, shift: lowestBit(mask), gain: gainOf(mask) }));
  for (let p = 0, at = 0; p < target.length; p += 3, at += bits / 8) {
    const value = bits === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
    for (let c = 0; c < 3; c++) {
      const { mask, shift, gain } = channels[c]!;
      target[p + c] = Math.round(((value & mask) >>> shift) * gain);
    }
  }
}

/** Position of the lowest set bit; 0 for an empty mask. */
const lowestBit = (mask: number): number => (mask === 0 ? 0 : 31 - Math.clz32(mask & -mask));

/** Brings the full mask to 255. */
const gainOf = (mask: number): number => (mask === 0 ? 0 : 255 / (mask >>> lowestBit(mask)));
