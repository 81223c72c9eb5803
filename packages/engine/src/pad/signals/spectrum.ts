import { type PadView, VIEW_SIDE } from '../pad-view.ts';

/** Radii of the rings, cycles per pixel of the raster. */
const RINGS = [0.03, 0.07, 0.14, 0.24, 0.36, 0.5];

/** A raster that was averaged down has a slope of its own, which nothing was calibrated on. */
const REDUCTION_MAX = 1.1;

/**
 * How power falls with frequency, nepers: luminance from ring to ring of the spectrum, and both colour differences
 * against luminance in each ring. Another lens, another sensor and another compression leave their slope on that of the
 * face.
 *
 * @source after Durall, Keuper, Pfreundt and Keuper, Unmasking DeepFakes with simple features, 2019: azimuthal averages.
 */
export function spectrum({ spectra, reduction }: PadView): number[] | undefined {
  const found = reduction <= REDUCTION_MAX ? spectra() : undefined;
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
  for (let v = 0; v < VIEW_SIDE / 2; v++) {
    for (let u = 1 - VIEW_SIDE / 2; u < VIEW_SIDE / 2; u++) {
      const radius = Math.hypot(u, v) / VIEW_SIDE;
      const ring = sums[RINGS.findLastIndex((inner) => radius >= inner)];
      if (!ring) continue;
      ring.sum += powers[v * VIEW_SIDE + ((u + VIEW_SIDE) % VIEW_SIDE)]!;
      ring.count++;
    }
  }
  return sums.map(({ sum, count }) => sum / count);
}
