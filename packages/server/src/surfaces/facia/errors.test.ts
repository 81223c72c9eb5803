import { expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, errors, FaceError } from '../../domain/errors.ts';
import { HttpError } from '../../http/http-error.ts';
import { refusalOf } from './errors.ts';
import { fieldRefusal, limitRefusal, signatureRefusal } from './refusal.ts';

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

it.each(codes)('%s has a status of the vendor, its message, and tells nothing of its cause', (code) => {
  const { http, body } = refusalOf(new FaceError(code, { public: 'public', internal: 'internal' }));
  expect([400, 401, 403, 404, 413, 429, 500, 503, 504]).toContain(http);
  expect(Object.keys(body)).toEqual(['status', 'message']);
  expect(JSON.stringify(body)).not.toMatch(/internal|public/);
});

it('says when to come again to whoever came too often or found the server full', () => {
  expect(refusalOf(errors.rateLimited(17))).toMatchObject({ http: 429, retryAfterSeconds: 17 });
  expect(refusalOf(errors.overloaded())).toMatchObject({ http: 503, retryAfterSeconds: 1 });
  expect(refusalOf(errors.internal('x'))).not.toHaveProperty('retryAfterSeconds');
});

it.each([
  [400, 400],
  [413, 413],
  [415, 400],
  [408, 408],
])('answers what HTTP refuses with %i by %i', (status, http) => {
  expect(refusalOf(new HttpError(status, 'Why.')).http).toBe(http);
});

it('says what is wrong with a body, with fields, with a link and with a quota', () => {
  expect(refusalOf(new HttpError(400, 'Why.')).body.errors).toEqual({ body: ['Why.'] });
  expect(refusalOf(fieldRefusal({ a: ['Why.'] })).body.errors).toEqual({ a: ['Why.'] });
  expect(refusalOf(signatureRefusal())).toMatchObject({ http: 403, body: { message: 'Invalid signature' } });
  expect(refusalOf(limitRefusal())).toMatchObject({
    http: 400,
    body: { message: expect.stringContaining('limit') },
  });
});

it('answers a defect 500 without a word of it', () => {
  expect(refusalOf(new Error('secret'))).toEqual({
    http: 500,
    body: { status: false, message: 'Internal Server Error' },
  });
});
