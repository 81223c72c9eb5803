import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, FaceError } from '../../domain/errors.ts';
import { HttpError } from '../../http/http-error.ts';
import { InvalidField } from './invalid-field.ts';
import { OPERATION_ERRORS, operationRefusalOf } from './operation-errors.ts';

const codes = Object.keys(ERROR_CODES) as (keyof typeof ERROR_CODES)[];

describe('operationRefusalOf', () => {
  it.each(codes)('passes on the public words of %s and keeps the internal ones', (code) => {
    const { log } = operationRefusalOf(new FaceError(code, { public: 'for all', internal: 'for us' }));
    const { http, type } = OPERATION_ERRORS[code];
    expect(log).toMatchObject({ statusCode: http, type, msg: 'for all' });
  });

  it('tells to come back only when coming back may help', () => {
    const withRetry = codes.filter(
      (code) => operationRefusalOf(new FaceError(code, { public: '' })).retryAfterSeconds !== undefined,
    );
    expect(withRetry).toEqual(['overloaded', 'timeout', 'unavailable']);
  });

  it('names the field that is refused', () => {
    const { log } = operationRefusalOf(new InvalidField('metadata', 'is too long'));
    expect(log).toEqual({
      statusCode: 400,
      type: 'BadParamsException',
      msg: 'metadata is too long.',
      metadata: { field: 'metadata' },
    });
  });

  it('keeps the status of an HTTP refusal', () => {
    expect(operationRefusalOf(new HttpError(413, 'too large')).log).toMatchObject({ statusCode: 413 });
  });

  it.each([new TypeError('inside'), 'a string', undefined])('takes anything else for a defect', (thrown) => {
    const { log } = operationRefusalOf(thrown);
    expect(log).toMatchObject({ statusCode: 500, msg: 'The server failed.', metadata: {} });
  });
});

describe('docs/surfaces/regula.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../../docs/surfaces/regula.md'), 'utf8');
  // Columns may be lined up.
  const page = text.replace(/ +/g, ' ');

  it.each(Object.entries(OPERATION_ERRORS))('says how %s is answered', (code, { http, type }) => {
    expect(page).toContain(`| \`${code}\` | ${http} | \`${type}\` |`);
  });
});
