import type { InstalledPack } from '@facegate/engine';
import { newDataFolder } from './data-folder.ts';
import type { Photo } from './photos/portraits.ts';

export const JSON_HEADERS = { 'content-type': 'application/json' };

/** A match request. Bytes, so that the client does not encode the same text for every request on our time. */
export const bodyOf = (...photos: readonly Photo[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      images: photos.map(({ jpeg }, index) => ({ index, type: 3, data: jpeg.toString('base64') })),
    }),
  );

/** Of a server with this pack alone. */
export const settingsFor = (pack: InstalledPack, workers: number): Record<string, string> => ({
  FACEGATE_DATA: newDataFolder(pack),
  FACEGATE_PACK: pack.manifest.id,
  FACEGATE_WORKERS: String(workers),
  FACEGATE_LOG_LEVEL: 'warn',
});
