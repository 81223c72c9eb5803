/** What a caller can mend by changing the request; each HTTP 400. */
export const PAYLOAD_CODES = {
  INVALID_PAYLOAD: 'The payload is not a JSON object with values of the documented types.',
  MISSING_PAYLOAD_IMAGE: 'The image is missing from the payload.',
  MISSING_PAYLOAD_SUBJECT_ID: 'The subject id is missing from the payload.',
  INVALID_PAYLOAD_IMAGE_MISSING: 'The image is empty, or neither standard base64 nor an address.',
  INVALID_PAYLOAD_SUBJECT_ID_MISSING: 'The subject id is empty.',
  INVALID_PAYLOAD_QUALITY_VALIDATION_DEPENDENCY: 'validate_quality needs is_quality to be true.',
  INVALID_PAYLOAD_ATTRIBUTE_VALIDATION_DEPENDENCY: 'validate_attribute needs is_attribute to be true.',
  INVALID_PAYLOAD_LIVENESS_VALIDATION_DEPENDENCY: 'validate_liveness needs is_liveness to be true.',
  INVALID_PAYLOAD_THRESHOLD_MISSING: 'The threshold must be basic, moderate or high.',
  INVALID_PAYLOAD_THRESHOLD: 'The threshold must be a number from 0 to 100.',
  INVALID_PAYLOAD_LIMIT: 'The limit must be a whole number from 1 to 10.',
  INVALID_PAYLOAD_IMAGE_TIMEOUT: 'The image could not be fetched within 15 seconds.',
  INVALID_PAYLOAD_IMAGE_SIZE: 'The image is larger than 5 MiB.',
  INVALID_PAYLOAD_IMAGE_FORMAT: 'The image cannot be fetched or decoded, or is neither JPEG nor PNG.',
  INVALID_PAYLOAD_SUBJECT_ID: 'Subject id is not found',
  FACE_NOT_DETECTED: 'No face was found in the image.',
} as const;

export type PayloadCode = keyof typeof PAYLOAD_CODES;

/** What is answered to errors beside the payload's. */
export const OTHER_CODES = {
  INSUFFICIENT_QUOTA_VERIFY: { http: 403, message: 'The quota for verifications is used up.' },
  INSUFFICIENT_QUOTA_LIVENESS: { http: 403, message: 'The quota for liveness is used up.' },
  FORBIDDEN: { http: 403, message: 'These credentials do not allow this.' },
  TOO_MANY_REQUESTS: { http: 429, message: 'Too many requests. Try again later.' },
  INTERNAL_SERVER_ERROR: { http: 500, message: 'Internal server error' },
} as const;

export type OtherCode = keyof typeof OTHER_CODES;
