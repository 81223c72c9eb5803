/**
 * How a face is written into a picture: a filled upright rectangle of one colour. Red says "face", green who it is,
 * blue its roll.
 */
export interface FaceMark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0..255. */
  readonly identity: number;
  /** Degrees, −90..90; positive: turned counter-clockwise on screen. */
  readonly roll: number;
}

const FACE_RED = 201;
const UPRIGHT_BLUE = 128;

export const markColour = ({ identity, roll }: Pick<FaceMark, 'identity' | 'roll'>) =>
  [FACE_RED, identity, UPRIGHT_BLUE + roll] as const;

export interface RgbRaster {
  /** Interleaved, row-major. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The marks in a picture, from top to bottom, then left to right. */
export function readMarks(raster: RgbRaster): FaceMark[] {
  const marks: FaceMark[] = [];
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const known = marks.find((mark) => holds(mark, x, y));
      if (known !== undefined) x = known.x + known.width - 1;
      else if (redAt(raster, x, y) === FACE_RED) marks.push(markFrom(raster, x, y));
    }
  }
  return marks;
}

const holds = (mark: FaceMark, x: number, y: number): boolean =>
  x >= mark.x && x < mark.x + mark.width && y >= mark.y && y < mark.y + mark.height;

function markFrom(raster: RgbRaster, x: number, y: number): FaceMark {
  const colour = colourAt(raster, x, y);
  let width = 1;
  while (x + width < raster.width && colourAt(raster, x + width, y) === colour) width++;
  let height = 1;
  while (y + height < raster.height && colourAt(raster, x, y + height) === colour) height++;
  return { x, y, width, height, identity: (colour >> 8) & 255, roll: (colour & 255) - UPRIGHT_BLUE };
}

const redAt = ({ pixels, width }: RgbRaster, x: number, y: number): number =>
  pixels[3 * (y * width + x)] ?? 0;

function colourAt(raster: RgbRaster, x: number, y: number): number {
  const at = 3 * (y * raster.width + x);
  return (redAt(raster, x, y) << 16) | ((raster.pixels[at + 1] ?? 0) << 8) | (raster.pixels[at + 2] ?? 0);
}
