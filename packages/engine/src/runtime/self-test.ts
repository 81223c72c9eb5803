import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PackManifest } from '../packs/manifest.ts';
import type { AnalysedImage, AnalysisRequest } from '../vocabulary/analysis.ts';
import { EngineError } from '../vocabulary/errors.ts';

/**
 * Largest difference of a projection from its golden value. Other processors round differently by about 1e-6; a
 * wrong crop, colour order or model file moves projections by more than 1e-1.
 */
const PROJECTION_TOLERANCE = 2e-3;

/** What the self-test reads from the reference picture, and what a manifest's `golden` holds. */
export interface Fingerprint {
  readonly faces: number;
  readonly projections: readonly number[];
}

/** Analyses the reference picture and reduces the answer to a fingerprint. */
export async function takeFingerprint(
  { analyse }: { analyse(bytes: Uint8Array, request: AnalysisRequest): Promise<AnalysedImage> },
  manifest: PackManifest,
): Promise<Fingerprint> {
  const found = await analyse(await readGoldenPicture(manifest), { faces: 'all', template: true });
  return fingerprintOf(found, manifest.golden.projections.length);
}

/** The reference picture's bytes: a photograph that ships inside an npm package and is read in place. */
async function readGoldenPicture(manifest: PackManifest): Promise<Uint8Array> {
  const path = manifest.golden.picture.replace(/^npm:/, '');
  return readFile(createRequire(import.meta.url).resolve(path));
}

/**
 * Reduces an analysis to a fingerprint: the number of faces and the central template's projections on fixed pseudo-random
 * directions. A few sums of a template betray any drift of the pipeline but do not give the template back.
 */
export function fingerprintOf(image: AnalysedImage, count: number): Fingerprint {
  const template = image.faces[0]?.template?.values ?? new Float32Array(0);
  const projections = Array.from({ length: count }, (_, index) => {
    const direction = directionOf(index + 1);
    return template.reduce((sum, value) => sum + value * direction(), 0);
  });
  return { faces: image.faces.length, projections };
}

/** @throws EngineError `model-missing` when the fingerprint is not the manifest's: templates would not be comparable. */
export function checkFingerprint(found: Fingerprint, manifest: PackManifest): void {
  const { faces, projections } = manifest.golden;
  const drift = Math.max(
    ...projections.map((value, index) => Math.abs(value - (found.projections[index] ?? Infinity))),
  );
  if (found.faces !== faces || !(drift <= PROJECTION_TOLERANCE)) {
    throw new EngineError(
      'model-missing',
      `Self-test of pack ${manifest.id} failed: ${found.faces} of ${faces} faces, drift ${drift.toExponential(1)} ` +
        `(at most ${PROJECTION_TOLERANCE}). Templates made now would not match stored ones.`,
    );
  }
}

/** An endless sequence of ±1, the same on every machine (xorshift32). */
function directionOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 1024 ? 1 : -1;
  };
}
