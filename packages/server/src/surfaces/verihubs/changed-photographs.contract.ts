import sharp from 'sharp';

/** Of pictures that are put side by side, px: the first is what the result is about. */
const HEIGHTS = [500, 300] as const;

/** One picture of two. */
export async function beside(first: Buffer, second: Buffer): Promise<Buffer> {
  const parts = await Promise.all(
    [first, second].map((bytes, i) =>
      sharp(bytes).resize({ height: HEIGHTS[i] }).toBuffer({ resolveWithObject: true }),
    ),
  );
  const [left, right] = parts as [(typeof parts)[0], (typeof parts)[0]];
  return sharp({
    create: {
      width: left.info.width + right.info.width,
      height: HEIGHTS[0],
      channels: 3,
      background: { r: 128, g: 128, b: 128 },
    },
  })
    .composite([
      { input: left.data, left: 0, top: 0 },
      { input: right.data, left: left.info.width, top: 0 },
    ])
    .jpeg({ quality: 95 })
    .toBuffer();
}

export const withoutColour = (bytes: Buffer): Promise<Buffer> =>
  sharp(bytes).greyscale().jpeg({ quality: 95 }).toBuffer();
