import type { Libheif } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import type { ImageLimits } from '../engine.ts';
import { EngineError } from '../vocabulary/errors.ts';
import { checkSides } from './limits.ts';
import { type RgbImage, rgbImage } from './rgb-image.ts';

/**
 * Decodes the first picture of a HEIC file, orientation applied.
 *
 * libvips' prebuilt binary has no HEVC decoder; this one is libheif in WebAssembly, loaded on first use because it is
 * large and rarely needed. Every picture gets an instance of its own: its memory goes when the picture is done, and one
 * broken by a hostile file is never used again. The package's own wrapper is avoided: it decodes inside a timer, where
 * an exception would end the process, and prints to the console.
 *
 * @throws EngineError `payload-too-large` or `image-unreadable`.
 * @cost   10 to 30 ms for the instance, then about ten times a JPEG of the same size.
 */
export async function decodeHeic(bytes: Uint8Array, limits: ImageLimits): Promise<RgbImage> {
  try {
    const { default: createLibheif } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs');
    return await decodeFirst(await createLibheif({ print: ignore, printErr: ignore }), bytes, limits);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('image-unreadable', 'The HEIC image could not be decoded.', { cause });
  }
}

/** What the decoder says about a broken file is told by the error. */
const ignore = (): void => {};

async function decodeFirst(libheif: Libheif, bytes: Uint8Array, limits: ImageLimits): Promise<RgbImage> {
  const context = libheif.heif_context_alloc();
  const outcome = libheif.heif_context_read_from_memory(context, bytes);
  if (outcome.code !== libheif.heif_error_code.heif_error_Ok) throw new Error(outcome.message);
  const ids = succeeded(libheif.heif_js_context_get_list_of_top_level_image_IDs(context));
  const handle = succeeded(libheif.heif_js_context_get_image_handle(context, ids[0]!));
  const width = libheif.heif_image_handle_get_width(handle);
  const height = libheif.heif_image_handle_get_height(handle);
  checkSides({ width, height }, limits);
  const { channels } = succeeded(
    await libheif.heif_js_decode_image2(
      handle,
      libheif.heif_colorspace.heif_colorspace_RGB,
      libheif.heif_chroma.heif_chroma_interleaved_RGB,
    ),
  );
  return withoutPadding(channels[0]!);
}

function succeeded<T extends object>(result: T | { readonly code: unknown; readonly message: string }): T {
  if (!('code' in result) || result.code === undefined) return result as T;
  throw new Error('message' in result ? String(result.message) : 'libheif failed');
}

/** Copies, so that the picture outlives the decoder's memory. */
function withoutPadding(channel: {
  width: number;
  height: number;
  stride: number;
  data: Uint8Array;
}): RgbImage {
  const { width, height, stride, data } = channel;
  const pixels = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    pixels.set(data.subarray(y * stride, y * stride + 3 * width), 3 * width * y);
  }
  return rgbImage(width, height, pixels);
}
