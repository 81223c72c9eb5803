import type { Quota } from '../../domain/accounts/account.ts';
import { HttpError } from '../../http/http-error.ts';
import { OTHER_CODES, PAYLOAD_CODES, type PayloadCode } from './wire/codes.ts';

interface Coded {
  readonly http: number;
  readonly message: string;
  readonly code: string;
}

/** A refusal that only this vendor words like this. */
export class CodedRefusal extends HttpError {
  readonly code: string;

  constructor({ http, message, code }: Coded) {
    super(http, message);
    this.code = code;
  }
}

/** The fields that hold pictures. */
export const IMAGE_FIELDS = ['image', 'image_1', 'image_2'] as const;
export type ImageField = (typeof IMAGE_FIELDS)[number];

/**
 * A request that its caller can mend: HTTP 400.
 *
 * @param field  of two pictures the one it is about: the code then names it, as in `INVALID_PAYLOAD_IMAGE_1_SIZE`.
 */
export function payloadRefusal(code: PayloadCode, field: ImageField = 'image'): CodedRefusal {
  const message = field === 'image' ? PAYLOAD_CODES[code] : `${PAYLOAD_CODES[code]} (${field})`;
  return new CodedRefusal({ http: 400, message, code: code.replace('IMAGE', field.toUpperCase()) });
}

const QUOTA_CODES = {
  verify: 'INSUFFICIENT_QUOTA_VERIFY',
  liveness: 'INSUFFICIENT_QUOTA_LIVENESS',
} as const satisfies Record<Quota, keyof typeof OTHER_CODES>;

/** A quota that is used up: HTTP 403. */
export function quotaRefusal(quota: Quota): CodedRefusal {
  const code = QUOTA_CODES[quota];
  return new CodedRefusal({ ...OTHER_CODES[code], code });
}
