import { expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, errors, FaceError } from '../../domain/errors.ts';
import { HttpError } from '../../http/http-error.ts';
import { payloadRefusal, quotaRefusal } from './coded-refusal.ts';
import { refusalOf } from './errors.ts';

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

it.each(codes)('%s has a status, a message without its cause and, but for 401, a code', (code) => {
  const { http, body } = refusalOf(new FaceError(code, { public: 'public', internal: 'internal' }));
  expect([400, 401, 403, 429, 500, 503]).toContain(http);
  expect(body.message).toMatch(/./);
  expect(JSON.stringify(body)).not.toContain('internal"');
  expect(Object.keys(body)).toEqual(http === 401 ? ['message'] : ['message', 'error_code']);
});

it('says when to come again to whoever came too often or found the server full', () => {
  expect(refusalOf(errors.rateLimited(17))).toMatchObject({ http: 429, retryAfterSeconds: 17 });
  expect(refusalOf(errors.tooManyAttempts(60))).toMatchObject({ http: 429, retryAfterSeconds: 60 });
  expect(refusalOf(errors.overloaded())).toMatchObject({ http: 503, retryAfterSeconds: 1 });
  expect(refusalOf(errors.internal('x'))).not.toHaveProperty('retryAfterSeconds');
});

it.each([
  [400, 400, 'INVALID_PAYLOAD'],
  [413, 400, 'INVALID_PAYLOAD_IMAGE_SIZE'],
  [415, 400, 'INVALID_PAYLOAD'],
  [408, 408, 'INVALID_PAYLOAD'],
])('answers what HTTP refuses with %i by %i %s', (status, http, error_code) => {
  expect(refusalOf(new HttpError(status, 'Why.'))).toMatchObject({ http, body: { error_code } });
});

it('names the picture of two', () => {
  const codeOf = (error: unknown) => refusalOf(error).body.error_code;
  expect(codeOf(payloadRefusal('INVALID_PAYLOAD_IMAGE_SIZE', 'image_1'))).toBe(
    'INVALID_PAYLOAD_IMAGE_1_SIZE',
  );
  expect(codeOf(payloadRefusal('MISSING_PAYLOAD_IMAGE', 'image_2'))).toBe('MISSING_PAYLOAD_IMAGE_2');
  expect(codeOf(payloadRefusal('FACE_NOT_DETECTED', 'image_2'))).toBe('FACE_NOT_DETECTED');
  expect(codeOf(payloadRefusal('INVALID_PAYLOAD_IMAGE_SIZE'))).toBe('INVALID_PAYLOAD_IMAGE_SIZE');
  expect(refusalOf(quotaRefusal('liveness')).http).toBe(403);
});
