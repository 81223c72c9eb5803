import type { Conversion } from '../convert/convert-model.ts';
import type { PackFile, PackManifest, PackSource } from './manifest.ts';

/** A public file a pack is made from. */
export interface RecipeSource extends PackSource {
  /** The file's name where someone keeps the sources in one folder. Absent for files inside npm packages. */
  readonly localName?: string;
}

/** One ONNX file of a pack and how it is made. */
export interface RecipeFile {
  readonly name: string;
  /** Of the finished ONNX file; the converter is deterministic. */
  readonly sha256: string;
  readonly bytes: number;
  /** In the order the conversion takes them. */
  readonly sources: readonly RecipeSource[];
  readonly conversion: Conversion;
}

export interface PackRecipe {
  readonly manifest: PackManifest;
  readonly files: readonly RecipeFile[];
}

/** Joins a manifest with the files it lists. */
export function definePack(
  facts: Omit<PackManifest, 'files' | 'manifestVersion' | 'metric'>,
  files: readonly RecipeFile[],
): PackRecipe {
  return {
    files,
    manifest: { manifestVersion: 1, metric: 'cosine', ...facts, files: files.map(packFileOf) },
  };
}

/** Whether the source lies in an installed npm package and needs no download. */
export const isNpmSource = (source: PackSource): boolean => source.origin.startsWith('npm:');

/** The files a person or a downloader must provide, each once. */
export function externalSources(recipe: PackRecipe): RecipeSource[] {
  const sources = recipe.files.flatMap((file) => file.sources).filter((source) => !isNpmSource(source));
  return [...new Map(sources.map((source) => [source.sha256, source])).values()];
}

/**
 * Public address of a source in a GitHub repository, pinned to its commit.
 *
 * @throws Error for a source inside an npm package.
 */
export function sourceUrl(source: PackSource): string {
  const [repository, commit] = source.origin.split('@');
  if (isNpmSource(source) || !commit) throw new Error(`${source.origin} has no public address.`);
  const path = source.path.split('/').map(encodeURIComponent).join('/');
  return `https://raw.githubusercontent.com/${repository}/${commit}/${path}`;
}

const packFileOf = ({ name, sha256, bytes, sources }: RecipeFile): PackFile => ({
  name,
  sha256,
  bytes,
  sources: sources.map(({ origin, path, sha256: checksum, licence }) => ({
    origin,
    path,
    sha256: checksum,
    licence,
  })),
});
