import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, errors, FaceError } from '../../domain/errors.ts';
import { HttpError } from '../../http/http-error.ts';
import { REGULA_ERRORS, refusalOf } from './errors.ts';
import { RESULT_CODES } from './wire/result-codes.ts';

const codes = Object.keys(ERROR_CODES) as (keyof typeof ERROR_CODES)[];

describe('refusalOf', () => {
  it.each(codes)('passes on the public words of %s and keeps the internal ones', (code) => {
    const refusal = refusalOf(new FaceError(code, { public: 'for all', internal: 'for us' }));
    expect(refusal).toMatchObject({ ...REGULA_ERRORS[code], reason: 'for all' });
  });

  it('tells to come back only when coming back may help', () => {
    const withRetry = codes.filter(
      (code) => refusalOf(new FaceError(code, { public: '' })).retryAfterSeconds !== undefined,
    );
    expect(withRetry).toEqual(['overloaded', 'timeout', 'unavailable']);
    expect(refusalOf(errors.rateLimited(7)).retryAfterSeconds).toBe(7);
  });

  it('keeps the status of an HTTP refusal', () => {
    expect(refusalOf(new HttpError(413, 'too large'))).toMatchObject({ http: 413, reason: 'too large' });
  });

  it("passes on none of the framework's words, which may quote the request", () => {
    const foreign = Object.assign(new Error('Unexpected token SECRET'), { statusCode: 400 });
    expect(refusalOf(foreign)).toMatchObject({ http: 400, reason: 'The request is malformed.' });
  });

  it.each([new TypeError('inside'), 'a string', undefined])('takes anything else for a defect', (thrown) => {
    expect(refusalOf(thrown)).toMatchObject({ http: 500, reason: 'The server failed.' });
  });
});

describe('docs/surfaces/regula.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../../docs/surfaces/regula.md'), 'utf8');
  // Columns may be lined up.
  const page = text.replace(/ +/g, ' ');

  it.each(Object.entries(REGULA_ERRORS))('says how %s is answered', (code, { http, name }) => {
    expect(page).toContain(`| \`${code}\` | ${http} | ${RESULT_CODES[name]} \`${name}\` |`);
  });
});
