/** What can go wrong between bytes and numbers. Outcomes ("no face") are returned, never thrown. */
export const ENGINE_ERROR_CODES = [
  /** Nothing was sent, or zero bytes. */
  'image-empty',
  /** The bytes are not of an accepted image format. */
  'unsupported-media',
  /** Too many bytes, pixels, or pixels on one side; refused before anything is allocated. */
  'payload-too-large',
  /** An accepted format whose content is broken or cut short. */
  'image-unreadable',
  /** A clip that no decoder on this machine reads. */
  'video-unsupported',
  /** The request contradicts itself or is out of range. */
  'invalid-request',
  /** Two templates of different model packs were compared. */
  'pack-mismatch',
  /** A model pack or one of its files is absent, altered or not understood. */
  'model-missing',
  /** The queue is full. The same request may succeed later. */
  'overloaded',
  /** The deadline passed. */
  'timeout',
  /** A defect of ours. */
  'internal',
] as const;

export type EngineErrorCode = (typeof ENGINE_ERROR_CODES)[number];

/** The one error class of the engine. `message` is for the log and never holds image bytes or template values. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
