import { EngineError, type EngineErrorCode } from '@facegate/engine/vocabulary';
import { errors, type FaceError } from '../../domain/errors.ts';

/** Total: a new engine code does not compile until it has a line here. */
const TRANSLATIONS = {
  'image-empty': () => errors.imageEmpty(),
  'unsupported-media': errors.unsupportedMedia,
  'payload-too-large': errors.payloadTooLarge,
  'image-unreadable': (cause) => errors.imageUnreadable('The image is broken or cut short.', cause),
  'video-unsupported': errors.videoUnsupported,
  // The domain builds the engine's requests: a contradiction in one is our defect.
  'invalid-request': (cause) => errors.internal('the engine refused a request', cause),
  'pack-mismatch': (cause) => errors.internal('templates of two packs met', cause),
  'model-missing': errors.modelMissing,
  overloaded: errors.overloaded,
  timeout: errors.timeout,
  internal: (cause) => errors.internal('the engine failed', cause),
} as const satisfies Record<EngineErrorCode, (cause: EngineError) => FaceError>;

/** The domain's word for what the engine threw. */
export const fromEngineError = (error: unknown): FaceError =>
  error instanceof EngineError
    ? TRANSLATIONS[error.code](error)
    : errors.internal('the engine failed in a way it does not document', error);
