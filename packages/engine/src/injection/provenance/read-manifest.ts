import type { ImageFormat } from '../../image/format.ts';
import type { Provenance } from '../../vocabulary/injection.ts';
import { type OpenManifestReader, openC2pa } from './c2pa.ts';
import { namesGeneratedSource } from './generated-source.ts';

export interface ManifestFindings {
  readonly state: Provenance['manifest'];
  readonly isGenerated: boolean;
}

/** The whole file is hashed; a larger one is not checked, so that no file holds a thread for long. */
const BYTES_MAX = 16 * 1024 * 1024;

/** Without this box type there is no manifest, and the reader need not be woken. */
const JUMBF = Buffer.from('jumb', 'latin1');

/**
 * Reads and checks a file's C2PA manifest. Signers are not looked up in any list of trusted ones: `valid` says that the
 * bytes are those that were signed.
 */
export async function readManifest(
  bytes: Uint8Array,
  format: ImageFormat,
  open: OpenManifestReader = openC2pa,
): Promise<ManifestFindings> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'bmp' || !file.includes(JUMBF)) return { state: 'absent', isGenerated: false };
  if (bytes.length > BYTES_MAX) return { state: 'unreadable', isGenerated: false };
  try {
    const store = await (await open())(bytes, `image/${format}`);
    return { state: stateOf(store), isGenerated: namesGeneratedSource(store) };
  } catch (cause) {
    return { state: /JumbfNotFound/.test(String(cause)) ? 'absent' : 'unreadable', isGenerated: false };
  }
}

function stateOf(store: string): Provenance['manifest'] {
  const { validation_state: state } = JSON.parse(store) as { readonly validation_state?: string };
  if (state === 'Valid' || state === 'Trusted') return 'valid';
  return state === 'Invalid' ? 'invalid' : 'unreadable';
}
