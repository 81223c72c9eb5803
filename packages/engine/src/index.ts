/** @module */
export type { Engine, EngineOptions, ImageLimits } from './engine.ts';
export { createEngine } from './runtime/create-engine.ts';
export * from './vocabulary/index.ts';
