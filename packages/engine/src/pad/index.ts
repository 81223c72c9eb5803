/**
 * For the calibration of presentation attack detection: what is measured, and how it is weighed. Servers ask the engine.
 *
 * @module
 */
export { type LogOdds, WEAK_LIMITS } from './calibration.ts';
export { openPadMeter } from './measure-picture.ts';
export type { PadMeasurements } from './measure-signals.ts';
export { evidenceOf, logOddsOf } from './weigh-evidence.ts';
