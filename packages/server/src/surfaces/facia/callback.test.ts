import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CaseEvent, Notice } from '../../domain/callbacks/callback.ts';
import { toCallback } from './callback.ts';

const hmacWith = (secret: string) => (text: string) =>
  createHmac('sha256', secret).update(text).digest('hex');
const hmac = hmacWith('secret');
const signing = { sign: hmac, at: new Date(1_800_000_000_999) };
const notice = (rest: Partial<Notice> = {}): Notice => ({
  id: '0191c3f4-0000-4000-8000-000000000001',
  event: 'submitted',
  reference: 'W4437KIWN0KDM13',
  kind: 'injection',
  ...rest,
});

describe('the body', () => {
  it('has the fields of the vendor in their order, and null for what nobody gave', () => {
    expect(toCallback(notice(), signing).body).toBe(
      '{"event":"request.initiated","reference_id":"W4437KIWN0KDM13","client_reference":null,"type":"deepfake","status":null}',
    );
  });

  it.each<[CaseEvent, string, 0 | 1 | null]>([
    ['submitted', 'request.initiated', null],
    ['accepted', 'liveness.accepted', 1],
    ['declined', 'liveness.rejected', 0],
    ['failed', 'liveness.rejected', 0],
  ])('calls a case that was %s %s, with the status of /result', (event, name, status) => {
    expect(JSON.parse(toCallback(notice({ event }), signing).body)).toMatchObject({ event: name, status });
  });

  it('tells what was asked, and the word of the client for it', () => {
    const body = toCallback(notice({ kind: 'verification', clientReference: 'order "7"' }), signing).body;
    expect(JSON.parse(body)).toMatchObject({ type: 'photo_id_match', client_reference: 'order "7"' });
  });
});

describe('the headers', () => {
  it('sign the body, and the body with id and moment', () => {
    const { body, headers } = toCallback(notice(), signing);
    expect(headers).toEqual({
      'x-signature': `sha256=${hmac(body)}`,
      'x-delivery-id': '0191c3f4-0000-4000-8000-000000000001',
      'x-timestamp': '1800000000',
      'x-timestamp-signature': `sha256=${hmac(`0191c3f4-0000-4000-8000-000000000001.1800000000.${body}`)}`,
    });
  });

  it('sign both by the earlier secret too, while that one holds', () => {
    const signPrevious = hmacWith('earlier');
    const { body, headers } = toCallback(notice(), { ...signing, signPrevious });
    expect(headers).toEqual({
      ...toCallback(notice(), signing).headers,
      'x-signature-previous': `sha256=${signPrevious(body)}`,
      'x-timestamp-signature-previous': `sha256=${signPrevious(`0191c3f4-0000-4000-8000-000000000001.1800000000.${body}`)}`,
    });
  });
});
