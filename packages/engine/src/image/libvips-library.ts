import { createRequire } from 'node:module';
import koffi, { type LibraryHandle } from 'koffi';
// Before anything is called: it is what starts libvips up.
import 'sharp';

/** What is called of libvips' C API and of the memory that it hands out. Options end with a null. */
const SIGNATURES = {
  jpegloadBuffer: 'int vips_jpegload_buffer(const void *bytes, size_t length, _Out_ void **image, ...)',
  imageNewFromMemory:
    'void *vips_image_new_from_memory(const void *pixels, size_t length, int width, int height, int bands, int format)',
  resize: 'int vips_resize(void *image, _Out_ void **resized, double xFactor, ...)',
  regionNew: 'void *vips_region_new(void *image)',
  regionFetch:
    'void *vips_region_fetch(void *region, int left, int top, int width, int height, _Out_ size_t *length)',
  width: 'int vips_image_get_width(void *image)',
  height: 'int vips_image_get_height(void *image)',
  bands: 'int vips_image_get_bands(void *image)',
  format: 'int vips_image_get_format(void *image)',
  interpretation: 'int vips_image_get_interpretation(void *image)',
  orientation: 'int vips_image_get_orientation(void *image)',
  typeOf: 'size_t vips_image_get_typeof(void *image, const char *name)',
  errorClear: 'void vips_error_clear()',
  unref: 'void g_object_unref(void *object)',
  copy: 'void *memcpy(void *to, const void *from, size_t length)',
  free: 'void g_free(void *memory)',
} as const;

export type LibvipsLibrary = Readonly<Record<keyof typeof SIGNATURES, ReturnType<LibraryHandle['func']>>>;

/** The library that sharp brings and has started; absent where it brings none that can be opened, as on Windows. */
export const libvipsLibrary: LibvipsLibrary | undefined = open();

function open(): LibvipsLibrary | undefined {
  const ofSharp = createRequire(createRequire(import.meta.url).resolve('sharp'));
  for (const platform of [process.platform, `${process.platform}musl`]) {
    try {
      return bind(ofSharp.resolve(`@img/sharp-libvips-${platform}-${process.arch}/binary`));
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

function bind(file: string): LibvipsLibrary {
  const library = koffi.load(file);
  const functions = Object.entries(SIGNATURES).map(([name, signature]) => [name, library.func(signature)]);
  return Object.fromEntries(functions) as LibvipsLibrary;
}
