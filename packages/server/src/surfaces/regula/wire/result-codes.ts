/**
 * The values of `FaceSDKResultCode` that this server answers, under the vendor's names (6.4 OpenAPI, common.yml).
 */
export const RESULT_CODES = {
  FACER_OK: 0,
  FR_IMAGE_EMPTY: 1,
  FR_FACE_NOT_DETECTED: 2,
  FR_IMAGE_DECODE_ERROR: 6,
  FR_INTERNAL_ERROR: 7,
  FACER_IS_NOT_INITIALIZED: 201,
  FACER_COMMAND_IS_NOT_SUPPORTED: 202,
  FACER_COMMAND_PARAMS_READ_ERROR: 203,
  FACER_LESS_THAN_TWO_IMAGES_IN_REQUEST: 224,
  FACER_IMAGES_COUNT_LIMIT_EXCEEDED: 238,
  FACER_GENERAL_ERROR: 253,
} as const;

export type ResultName = keyof typeof RESULT_CODES;
