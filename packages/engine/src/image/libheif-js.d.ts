/** The package types its C functions only; these are the bindings in use. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  /** Opaque: lives in the module's own memory. */
  interface HeifContext {
    readonly __context: never;
  }
  interface HeifHandle {
    readonly __handle: never;
  }
  interface HeifImage {
    readonly __image: never;
  }
  /** What any call answers in place of its result when it fails. */
  interface HeifError {
    readonly code: unknown;
    readonly message: string;
  }
  interface HeifPixels {
    readonly image: HeifImage;
    readonly code?: undefined;
    readonly channels: readonly {
      readonly width: number;
      readonly height: number;
      /** Bytes per row, padding included. */
      readonly stride: number;
      readonly data: Uint8Array;
    }[];
  }
  export interface Libheif {
    readonly heif_error_code: { readonly heif_error_Ok: unknown };
    readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
    readonly heif_chroma: { readonly heif_chroma_interleaved_RGB: unknown };
    heif_context_alloc(): HeifContext;
    heif_context_read_from_memory(context: HeifContext, bytes: Uint8Array): HeifError;
    heif_js_context_get_list_of_top_level_image_IDs(context: HeifContext): readonly number[] | HeifError;
    heif_js_context_get_image_handle(context: HeifContext, id: number): HeifHandle | HeifError;
    heif_image_handle_get_width(handle: HeifHandle): number;
    heif_image_handle_get_height(handle: HeifHandle): number;
    heif_js_decode_image2(
      handle: HeifHandle,
      colourSpace: unknown,
      chroma: unknown,
    ): HeifPixels | HeifError | Promise<HeifPixels | HeifError>;
  }
  const createLibheif: (options: {
    print(line: string): void;
    printErr(line: string): void;
  }) => Promise<Libheif>;

  // biome-ignore lint/style/noDefaultExport: the package's own shape.
  export default createLibheif;
}
