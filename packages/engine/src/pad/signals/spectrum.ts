import type { PadView } from '../pad-view.ts';
import { TILE_SIDE } from '../tile-spectra.ts';

/** Radii of the rings, cycles per pixel of the raster. */
const RINGS = [0.03, 0.08, 0.14, 0.2, 0.27, 0.35, 0.43, 0.5];

/** The ring of each frequency of one half plane; −1 for none. */
const RING_OF = Int8Array.from({ length: (TILE_SIDE * TILE_SIDE) / 2 }, (_, i) => {
  const [row, column] = [Math.floor(i / TILE_SIDE), i % TILE_SIDE];
  const radius = Math.hypot(row, column < TILE_SIDE / 2 ? column : column - TILE_SIDE) / TILE_SIDE;
  const ring = RINGS.findLastIndex((inner) => radius >= inner);
  return ring < RINGS.length - 1 ? ring : -1;
});

/**
 * How power falls with frequency, nepers: luminance from ring to ring of the spectrum, and both colour differences
 * against luminance in each ring. Another lens, another sensor and another compression leave their slope on that of the
 * face.
 *
 * @source after Durall, Keuper, Pfreundt and Keuper, Unmasking DeepFakes with simple features, 2019: azimuthal averages.
 */
export function spectrum({ texture, spectra }: PadView): number[] | undefined {
  const found = texture() && spectra();
  if (!found) return undefined;
  const luminance = ringMeans(found.luminance);
  const redGreen = ringMeans(found.redGreen);
  const blueYellow = ringMeans(found.blueYellow);
  return [
    ...luminance.slice(1).map((power, ring) => power - luminance[ring]!),
    ...redGreen.map((power, ring) => power - luminance[ring]!),
    ...blueYellow.map((power, ring) => power - luminance[ring]!),
  ];
}

function ringMeans(powers: Float32Array): number[] {
  const sums = RINGS.slice(1).map(() => ({ sum: 0, count: 0 }));
  for (let i = 0; i < RING_OF.length; i++) {
    const ring = sums[RING_OF[i]!];
    if (!ring) continue;
    ring.sum += powers[i]!;
    ring.count++;
  }
  return sums.map(({ sum, count }) => sum / count);
}
