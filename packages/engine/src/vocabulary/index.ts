/**
 * The words of the engine and its pure arithmetic. Domain and ports speak these without touching a model runtime.
 *
 * @module
 */
export type {
  AnalysedFace,
  AnalysedImage,
  AnalysisRequest,
  PackSummary,
  Portrait,
  PortraitAspect,
  PortraitSpec,
  Resize,
} from './analysis.ts';
export {
  type AttributeChoice,
  type AttributeValues,
  FACE_ATTRIBUTES,
  type FaceAttribute,
  type FaceAttributes,
} from './attributes.ts';
export { type Calibration, falseMatchRateAt, interpolate, scoreAt } from './calibration.ts';
export { dotProduct } from './dot-product.ts';
export { ENGINE_ERROR_CODES, EngineError, type EngineErrorCode } from './errors.ts';
export {
  INJECTION_SIGNALS,
  type Injection,
  type InjectionEvidence,
  type InjectionSignal,
  isNetworkSignal,
  type NetworkSignal,
  type Provenance,
} from './injection.ts';
export {
  PAD_SIGNALS,
  type PadEvidence,
  type PadSignal,
  type PresentationAttack,
} from './presentation-attack.ts';
export {
  type MeasuredQuality,
  QUALITY_MEASURES,
  type QualityMeasure,
  type QualityRequest,
} from './quality.ts';
export type { BoundingBox, FivePoints, Point, Rgb } from './shapes.ts';
export { compare, type Template } from './template.ts';
export {
  type ComparisonScore,
  comparisonScore,
  type Degrees,
  degrees,
  type FalseMatchRate,
  falseMatchRate,
} from './units.ts';
export type {
  AnalysedFrame,
  AnalysedVideo,
  VideoAnalysisRequest,
  VideoCodec,
  VideoContainer,
  VideoFacts,
} from './video.ts';
