/** @module */
export type { Engine, EngineOptions, ImageLimits } from './engine.ts';
export { ACCURATE_PACK } from './packs/accurate.data.ts';
export { type InstallOptions, type InstallProgress, installPack, prepareCorePack } from './packs/install.ts';
export {
  type InstalledPack,
  listPacks,
  type PackVerification,
  selectPack,
  verifyPack,
} from './packs/installed-packs.ts';
export { type RecipeSource, sourceUrl } from './packs/recipe.ts';
export { createEngine } from './runtime/create-engine.ts';
export * from './vocabulary/index.ts';
