/** What a file declares before anything is decoded. */
export interface ImageHeader {
  /** px, before orientation; as declared, unchecked. */
  readonly width: number;
  readonly height: number;
  /** Pixels a decoder must visit to make the picture, where that is more than width·height. */
  readonly decodedPixels?: number;
  /** The colours are sRGB although a profile is embedded, so that converting them would be in vain. */
  readonly hasSrgbProfile?: boolean;
}

/** Reads a header. Throws a RangeError where the bytes end early; undefined where they make no sense. */
export type HeaderReader = (view: DataView) => ImageHeader | undefined;

/** Four ASCII letters. */
export const fourLetters = (view: DataView, offset: number): string =>
  String.fromCharCode(
    view.getUint8(offset),
    view.getUint8(offset + 1),
    view.getUint8(offset + 2),
    view.getUint8(offset + 3),
  );
