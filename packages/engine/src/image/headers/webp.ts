import { fourLetters, type HeaderReader, type ImageHeader } from './header.ts';

/** First chunk after the RIFF header: lossy, lossless or extended. @source RFC 9649. */
export const readWebpHeader: HeaderReader = (view) => {
  switch (fourLetters(view, 12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L':
      return losslessSides(view.getUint32(21, true));
    case 'VP8X':
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    default:
      return undefined;
  }
};

/** Fourteen bits each, one less than the side. */
const losslessSides = (bits: number): ImageHeader => ({
  width: 1 + (bits & 0x3fff),
  height: 1 + ((bits >>> 14) & 0x3fff),
});

const uint24 = (view: DataView, offset: number): number =>
  view.getUint16(offset, true) + 0x10000 * view.getUint8(offset + 2);
