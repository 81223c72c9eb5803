/**
 * The components of ISO/IEC 29794-5 and one score, from what the engine measures: pure arithmetic, for whoever has no
 * server.
 *
 * @module
 */
export {
  type AssessedComponent,
  assessComponents,
  type QualityComponent,
} from './domain/quality/assess-components.ts';
export { unifiedScore } from './domain/quality/unified-score.ts';
