import { describe, expect, it } from 'vitest';
import { errors } from '../../domain/errors.ts';
import { principalOf, testing } from './access.contract.ts';
import { faultyEngine, VALIDATE_ALL } from './traits.contract.ts';
import { ANNA, BORIS, nobody, of, openVerihubs, two } from './verihubs-app.contract.ts';

const SUBJECT = 'anna';
const URLS = {
  slow: 'https://slow.example/',
  gone: 'https://gone.example/',
  large: 'https://large.example/',
};

/** A fault of a request: what it changes, and the code that tells it. */
interface Fault {
  readonly code: string;
  /** Undefined takes a field away. */
  readonly change: Readonly<Record<string, unknown>>;
  /** Takes the place of the credentials. */
  readonly as?: string;
}

const gif = Buffer.from('GIF89a and so on').toString('base64');
const large = Buffer.alloc(5_242_881).toString('base64');

/** In the order in which they are told. */
const faults = async (): Promise<Fault[]> => {
  const broken = Buffer.from(await of(ANNA), 'base64')
    .subarray(0, 200)
    .toString('base64');
  return [
    { code: 'Unauthorized', change: {}, as: 'nobody' },
    { code: 'INVALID_PAYLOAD', change: { is_quality: 'true' } },
    { code: 'MISSING_PAYLOAD_IMAGE', change: { image: undefined } },
    { code: 'MISSING_PAYLOAD_SUBJECT_ID', change: { subject_id: undefined } },
    { code: 'INVALID_PAYLOAD_IMAGE_MISSING', change: { image: 'not base64!' } },
    { code: 'INVALID_PAYLOAD_SUBJECT_ID_MISSING', change: { subject_id: '' } },
    { code: 'INVALID_PAYLOAD_SUBJECT_ID', change: { subject_id: 7 } },
    {
      code: 'INVALID_PAYLOAD_QUALITY_VALIDATION_DEPENDENCY',
      change: { is_quality: false, validate_quality: true },
    },
    {
      code: 'INVALID_PAYLOAD_ATTRIBUTE_VALIDATION_DEPENDENCY',
      change: { is_attribute: false, validate_attribute: true },
    },
    {
      code: 'INVALID_PAYLOAD_LIVENESS_VALIDATION_DEPENDENCY',
      change: { is_liveness: false, validate_liveness: true },
    },
    { code: 'INVALID_PAYLOAD_THRESHOLD_MISSING', change: { threshold: 'low' } },
    { code: 'INSUFFICIENT_QUOTA_VERIFY', change: {}, as: 'trial' },
    { code: 'INVALID_PAYLOAD_IMAGE_TIMEOUT', change: { image: URLS.slow } },
    { code: 'INVALID_PAYLOAD_IMAGE_FORMAT', change: { image: URLS.gone } },
    { code: 'INVALID_PAYLOAD_IMAGE_SIZE', change: { image: URLS.large } },
    { code: 'INVALID_PAYLOAD_IMAGE_SIZE', change: { image: large } },
    { code: 'INVALID_PAYLOAD_IMAGE_FORMAT', change: { image: gif } },
    { code: 'INVALID_PAYLOAD_IMAGE_FORMAT', change: { image: broken } },
    { code: 'INVALID_PAYLOAD_SUBJECT_ID', change: { subject_id: 'somebody else' } },
    { code: 'FACE_NOT_DETECTED', change: { image: await nobody() } },
    { code: 'FAIL_ON_15', change: { ...VALIDATE_ALL, image: await two(ANNA, BORIS) } },
    { code: 'FAIL_ON_16', change: { image: await of(BORIS) } },
  ];
};

/** Two faults in one request, if one field does not have to be two things. */
function both(
  { change: first, as: one }: Fault,
  { change: second, as: other }: Fault,
): Fault['change'] | undefined {
  const clash = Object.keys(first).some((field) => Object.hasOwn(second, field));
  return clash || (one && other) ? undefined : { ...first, ...second };
}

async function open() {
  const acme = principalOf('acme');
  const opened = openVerihubs({
    engine: faultyEngine(7),
    principals: { acme, trial: { ...testing('trial', { verify: 0 }), space: acme.space } },
    fetchImage: async (address) => {
      if (address === URLS.slow) throw errors.timeout();
      if (address === URLS.large) throw errors.payloadTooLarge();
      throw errors.remoteImageUnavailable('gone');
    },
  });
  await opened.ask('enroll', { image: await of(ANNA), subject_id: SUBJECT });
  const codeOf = async (change: Fault['change'], as = 'acme'): Promise<string> => {
    // One more field, so that a request without picture and subject still holds a value.
    const payload = { image: await of(ANNA), subject_id: SUBJECT, is_quality: true, ...change };
    const { body } = await opened.as(as)('verify', JSON.parse(JSON.stringify(payload)));
    return body.error_code ?? body.message;
  };
  return codeOf;
}

describe('verify', () => {
  it('tells each fault by its code', async () => {
    const codeOf = await open();
    for (const { code, change, as } of await faults()) {
      expect([change, await codeOf(change, as)]).toEqual([change, code]);
    }
  });

  it('tells the earlier of any two faults', async () => {
    const codeOf = await open();
    const all = await faults();
    let pairs = 0;
    for (const [i, earlier] of all.entries()) {
      for (const later of all.slice(i + 1)) {
        const change = both(earlier, later);
        if (change === undefined) continue;
        const as = earlier.as ?? later.as;
        expect([earlier.code, later.code, await codeOf(change, as)]).toEqual([
          earlier.code,
          later.code,
          earlier.code,
        ]);
        pairs++;
      }
    }
    expect(pairs).toBeGreaterThan(130);
  });
});
