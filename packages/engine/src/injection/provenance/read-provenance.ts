import type { ImageFormat } from '../../image/format.ts';
import type { Provenance } from '../../vocabulary/injection.ts';
import { isGeneratedByMetadata } from './declared-generator.ts';
import { readManifest } from './read-manifest.ts';

/**
 * What a file says of its own making: C2PA manifest, XMP, EXIF, PNG text. Nothing is fetched, whatever the file points to.
 *
 * @throws never: what cannot be read is not declared.
 * @cost   under 1 ms without metadata; about 10 ms with a manifest, 70 ms for the first of a thread.
 */
export async function readProvenance(bytes: Uint8Array, format: ImageFormat): Promise<Provenance> {
  const { state, isGenerated } = await readManifest(bytes, format);
  return {
    manifest: state,
    isDeclaredGenerated: isGenerated || (await isGeneratedByMetadata(bytes, format)),
  };
}

/** Of pixels that came without a file. */
export const NO_PROVENANCE: Provenance = { manifest: 'absent', isDeclaredGenerated: false };
