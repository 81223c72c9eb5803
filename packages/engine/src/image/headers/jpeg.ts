import type { HeaderReader, ImageHeader } from './header.ts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP2 = 0xe2;
/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** TEM and RST0 to RST7. */
const standsAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
const isProgressive = (marker: number) => (marker & 0x3) === 2;

/** Decoders keep every segment in memory, at hundreds of bytes each; a profile takes 255 at most. */
const SEGMENTS_MAX = 2000;

/** Walks the segments up to the first scan. @source ITU-T T.81, annex B. */
export const readJpegHeader: HeaderReader = (view) => {
  let offset = 2;
  let hasSrgbProfile = false;
  let frame: ImageHeader | undefined;
  for (let count = 0; count < SEGMENTS_MAX; count++) {
    const { marker, start } = nextMarker(view, offset);
    if (marker === START_OF_SCAN) return frame && { ...frame, hasSrgbProfile };
    if (marker === END_OF_IMAGE) return undefined;
    const length = view.getUint16(start);
    if (length < 2) return undefined;
    if (isFrame(marker)) frame ??= readFrame(view, { marker, start });
    if (marker === APP2) hasSrgbProfile ||= namesSrgb(view, start, length);
    offset = start + length;
  }
  return undefined;
};

function readFrame(view: DataView, { marker, start }: { marker: number; start: number }): ImageHeader {
  const height = view.getUint16(start + 3);
  const width = view.getUint16(start + 5);
  const scans = isProgressive(marker) ? countScans(view) : 1;
  return { width, height, decodedPixels: width * height * scans };
}

/** Fill bytes, rubbish between segments and markers without a segment are skipped, as decoders do. */
function nextMarker(view: DataView, from: number): { marker: number; start: number } {
  let offset = from;
  let marker: number;
  do {
    while (view.getUint8(offset) !== 0xff) offset++;
    while (view.getUint8(offset) === 0xff) offset++;
    marker = view.getUint8(offset++);
  } while (standsAlone(marker));
  return { marker, start: offset };
}

/** Each scan of a progressive file visits the whole picture again: a few bytes per scan can cost seconds. */
function countScans(view: DataView): number {
  const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const marker = Buffer.from([0xff, START_OF_SCAN]);
  let scans = 0;
  for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + 2)) scans++;
  return Math.max(1, scans);
}

/** The profile's description, in ASCII (ICC 2) or UTF-16 (ICC 4), says "sRGB". */
function namesSrgb(view: DataView, start: number, length: number): boolean {
  const segment = Buffer.from(view.buffer, view.byteOffset, view.byteLength).subarray(start, start + length);
  const isProfile = segment.indexOf('ICC_PROFILE\0', 2, 'latin1') === 2;
  return isProfile && (segment.includes('sRGB', 0, 'latin1') || segment.includes('s\0R\0G\0B', 0, 'latin1'));
}
