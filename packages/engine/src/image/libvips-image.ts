import { type LibvipsLibrary, libvipsLibrary } from './libvips-library.ts';

/** Of the enumerations of libvips 8. */
const ACCESS_SEQUENTIAL = 1;
const FAIL_ON_ERROR = 2;
const FORMAT_UCHAR = 0;
const INTERPRETATION_SRGB = 22;
const KERNEL_LINEAR = 1;

/** What is computed at a time: it stays in the processor's own memory until it is copied. */
const STRIP_ROWS = 32;

const END = ['void *', null] as const;

interface Size {
  /** px. */
  readonly width: number;
  readonly height: number;
}

interface Strip {
  readonly top: number;
  readonly width: number;
  /** 8-bit RGB, of whole rows. */
  readonly into: Uint8Array;
}

/** An image of libvips, which it computes on the thread that asks for its pixels. To be closed. */
export class LibvipsImage {
  /** What it is computed from, whose memory libvips reads until the image is closed, unseen by the garbage collector. */
  readonly source: Uint8Array | LibvipsImage;
  readonly #libvips: LibvipsLibrary;
  readonly #image: unknown;

  private constructor(source: Uint8Array | LibvipsImage, libvips: LibvipsLibrary, image: unknown) {
    this.source = source;
    this.#libvips = libvips;
    this.#image = image;
  }

  /**
   * Opens a JPEG, to be read once from top to bottom. What is cut short has no pixels.
   *
   * @returns undefined where the header is broken, or libvips cannot be called from here.
   */
  static ofJpeg(bytes: Uint8Array): LibvipsImage | undefined {
    const access = ['char *', 'access', 'int', ACCESS_SEQUENTIAL] as const;
    const failOn = ['char *', 'fail_on', 'int', FAIL_ON_ERROR] as const;
    return LibvipsImage.#madeFrom(bytes, (libvips, image) =>
      libvips.jpegloadBuffer(bytes, bytes.length, image, ...access, ...failOn, ...END),
    );
  }

  /** @param pixels  8-bit RGB. */
  static ofPixels(pixels: Uint8Array, { width, height }: Size): LibvipsImage | undefined {
    const image = libvipsLibrary?.imageNewFromMemory(pixels, pixels.length, width, height, 3, FORMAT_UCHAR);
    return libvipsLibrary && image ? new LibvipsImage(pixels, libvipsLibrary, image) : undefined;
  }

  /** Stretched by these factors, through a triangle filter as wide as the shrinkage. */
  resized(factors: { readonly x: number; readonly y: number }): LibvipsImage | undefined {
    const vertical = ['char *', 'vscale', 'double', factors.y] as const;
    const kernel = ['char *', 'kernel', 'int', KERNEL_LINEAR] as const;
    return LibvipsImage.#madeFrom(this, (libvips, image) =>
      libvips.resize(this.#image, image, factors.x, ...vertical, ...kernel, ...END),
    );
  }

  get size(): Size {
    return { width: this.#libvips.width(this.#image), height: this.#libvips.height(this.#image) };
  }

  /** Three channels of 8 bit, taken for sRGB by what the file says of them. */
  get isRgb(): boolean {
    const { bands, format, interpretation } = this.#libvips;
    return (
      bands(this.#image) === 3 &&
      format(this.#image) === FORMAT_UCHAR &&
      interpretation(this.#image) === INTERPRETATION_SRGB
    );
  }

  get hasProfile(): boolean {
    return Number(this.#libvips.typeOf(this.#image, 'icc-profile-data')) !== 0;
  }

  /** Of Exif, 1 to 8; 1 where nothing is said. */
  get orientation(): number {
    return this.#libvips.orientation(this.#image);
  }

  /** All pixels; undefined where they cannot be computed, or are not of three channels of 8 bit. */
  pixels(): Uint8Array | undefined {
    const { width, height } = this.size;
    const region = this.#libvips.regionNew(this.#image);
    try {
      // Not set to zero beforehand: every strip is written, or nothing is returned.
      const pixels = Buffer.allocUnsafeSlow(3 * width * height);
      for (let top = 0; top < height; top += STRIP_ROWS) {
        const into = pixels.subarray(3 * width * top, 3 * width * (top + STRIP_ROWS));
        if (!this.#readStrip(region, { top, width, into })) return undefined;
      }
      return pixels;
    } finally {
      this.#libvips.unref(region);
    }
  }

  close(): void {
    this.#libvips.unref(this.#image);
  }

  #readStrip(region: unknown, { top, width, into }: Strip): boolean {
    const { regionFetch, errorClear, copy, free } = this.#libvips;
    const length: [number] = [0];
    const strip = regionFetch(region, 0, top, width, into.length / (3 * width), length);
    if (!strip) {
      errorClear();
      return false;
    }
    const fits = length[0] === into.length;
    if (fits) copy(into, strip, into.length);
    free(strip);
    return fits;
  }

  /** What a function puts into its result, unless it fails. */
  static #madeFrom(
    source: Uint8Array | LibvipsImage,
    call: (libvips: LibvipsLibrary, image: [unknown]) => number,
  ): LibvipsImage | undefined {
    if (!libvipsLibrary) return undefined;
    const image: [unknown] = [null];
    if (call(libvipsLibrary, image) === 0) return new LibvipsImage(source, libvipsLibrary, image[0]);
    libvipsLibrary.errorClear();
    return undefined;
  }
}
