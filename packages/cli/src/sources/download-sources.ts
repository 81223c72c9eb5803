import type { RecipeSource } from '@facegate/engine';
import { EXIT } from '../exit-codes.ts';
import { CommandFailure } from '../failure.ts';
import { localNameOf } from './folder-sources.ts';

export interface DownloadSourcesOptions {
  readonly download: (url: string) => Promise<Uint8Array>;
  readonly urlOf: (source: RecipeSource) => string;
  readonly onProgress: (line: string) => void;
}

/** Fetches a pack's source files from their pinned public addresses. Checksums are the installer's business. */
export function downloadSources(
  options: DownloadSourcesOptions,
): (source: RecipeSource) => Promise<Uint8Array> {
  return async (source) => {
    const url = options.urlOf(source);
    options.onProgress(`fetching ${url}`);
    try {
      return await options.download(url);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new CommandFailure(
        EXIT.modelPack,
        'download-failed',
        `${localNameOf(source)} could not be fetched from ${url}: ${why}\n` +
          'Without a way out to the internet, fetch the files elsewhere, put them in one folder and run ' +
          '"facegate models install accurate --from DIR".',
        { cause },
      );
    }
  };
}
