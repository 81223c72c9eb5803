import { EngineError } from '../../vocabulary/errors.ts';
import type { ImageFormat } from '../format.ts';
import { readBmpHeader } from './bmp.ts';
import type { HeaderReader, ImageHeader } from './header.ts';
import { readHeifHeader } from './heif.ts';
import { readJpegHeader } from './jpeg.ts';
import { readPngHeader } from './png.ts';
import { readTiffHeader } from './tiff.ts';
import { readWebpHeader } from './webp.ts';

const READERS: Readonly<Record<ImageFormat, HeaderReader>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  tiff: readTiffHeader,
  bmp: readBmpHeader,
  avif: readHeifHeader,
  heic: readHeifHeader,
};

/**
 * Reads what the file declares about its size, without a decoder and without allocating.
 *
 * @throws EngineError `image-unreadable` when the header is broken or cut short.
 */
export function readHeader(bytes: Uint8Array, format: ImageFormat): ImageHeader {
  const header = tryRead(READERS[format], new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  if (!header) throw new EngineError('image-unreadable', `The header of the ${format} image is broken.`);
  return header;
}

function tryRead(reader: HeaderReader, view: DataView): ImageHeader | undefined {
  try {
    return reader(view);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
