/**
 * The engine: pixels in, numbers out. Deterministic; no HTTP, no SQL, no environment, no clock.
 *
 * @module
 */
export type {
  Engine,
  EngineOptions,
  ImageLimits,
  VideoDecoder,
  VideoLimits,
  VideoOptions,
} from './engine.ts';
export { type Overlay, type OverlayOptions, overlaySvg } from './overlay/overlay-svg.ts';
export { ACCURATE_PACK } from './packs/accurate.data.ts';
export { CORE_PACK } from './packs/core.data.ts';
export { type InstallOptions, type InstallProgress, installPack, prepareCorePack } from './packs/install.ts';
export {
  type InstalledPack,
  listPacks,
  type PackVerification,
  selectPack,
  verifyPack,
} from './packs/installed-packs.ts';
export { summaryOf } from './packs/manifest.ts';
export { externalSources, type PackRecipe, type RecipeSource, sourceUrl } from './packs/recipe.ts';
export { createEngine } from './runtime/create-engine.ts';
export { fingerprintPack } from './runtime/fingerprint-pack.ts';
export * from './vocabulary/index.ts';
