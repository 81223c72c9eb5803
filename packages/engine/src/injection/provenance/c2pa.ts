import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { BlobOfBytes, provideFileReaderSync } from './blob-of-bytes.ts';

/** The manifest store of a file as JSON. @throws when it has none or none that can be read. */
type ReadManifestStore = (bytes: Uint8Array, mediaType: string) => Promise<string>;

export type OpenManifestReader = () => Promise<ReadManifestStore>;

/** Nothing is fetched for a file: neither a manifest that it points to, nor the standing of a certificate. */
const SETTINGS = JSON.stringify({
  verify: { remote_manifest_fetch: false, ocsp_fetch: false, verify_trust: false },
});

/**
 * The reader of the Content Authenticity Initiative, in WebAssembly. Loaded when the first manifest of a thread is met;
 * afterwards opening it again costs little.
 */
export const openC2pa: OpenManifestReader = async () => {
  const c2pa = await import('@contentauth/c2pa-wasm');
  await c2pa.default({ module_or_path: await moduleBytes() });
  provideFileReaderSync();
  return async (bytes, mediaType) => {
    const reader = await c2pa.WasmReader.fromBlob(mediaType, new BlobOfBytes(bytes), SETTINGS);
    try {
      return reader.json();
    } finally {
      reader.free();
    }
  };
};

const moduleBytes = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
