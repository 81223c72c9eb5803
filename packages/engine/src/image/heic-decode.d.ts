/** The package ships no types; these are the parts in use. */
declare module 'heic-decode' {
  interface HeicImage {
    readonly width: number;
    readonly height: number;
    /** RGBA, orientation applied. */
    decode(): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
  }
  interface HeicImages extends ReadonlyArray<HeicImage> {
    /** Frees the decoder's memory; must be called. */
    dispose(): void;
  }
  const decode: { all(input: { buffer: Uint8Array }): Promise<HeicImages> };
  export = decode;
}
