import { describe, expect, it } from 'vitest';
import { errors } from '../../domain/errors.ts';
import { principalOf } from './access.contract.ts';
import { GENUINE, MANIPULATED } from './cases-under-test.contract.ts';
import { clip, livenessOf, openFacia, still } from './facia-app.contract.ts';

const TYPES = 'jpeg, jpg, png, mp4';

/** What is wrong with a request that differs so; undefined takes a field away. */
async function errorsOf(change: object, options?: Parameters<typeof openFacia>[0]) {
  const { ask, cases } = openFacia(options);
  const { status, body } = await ask('liveness', { ...(await livenessOf()), ...change });
  expect(cases.submissions).toEqual([]);
  return { status, message: body.message, errors: body.errors };
}

const refused = (errors: object) => ({
  status: 400,
  message: 'Bad Request: One or more parameters are invalid or missing',
  errors,
});

describe('liveness', () => {
  it('001-3 001-8 001-16 001-17 opens a transaction about a base64 picture', async () => {
    const { ask, cases } = openFacia();
    const { status, body } = await ask('liveness', await livenessOf());
    expect([status, body.status, body.message]).toEqual([200, true, 'Transaction Created']);
    expect(Object.keys(body.result.data)).toEqual(['reference_id']);
    expect(body.result.data.reference_id).toMatch(/^[0-9A-Z]{15}$/);
    const [{ kind, media, space } = {}] = cases.submissions;
    expect([kind, space, media?.probe.type]).toEqual(['injection', 'acme/facia', 'image']);
    expect(Buffer.from(media?.probe.bytes ?? [])).toEqual(await still());
    const again = await ask('liveness', await livenessOf());
    expect(again.body.result.data.reference_id).not.toBe(body.result.data.reference_id);
  });

  it('001-4 takes a Bearer token or a client secret', async () => {
    const { as } = openFacia();
    for (const headers of [{ authorization: 'Bearer acme-token' }, { 'client-secret': 'acme-secret' }]) {
      expect((await as(headers)('liveness', await livenessOf())).status).toBe(200);
    }
  });

  it('001-5 gives a token for client_id and client_secret, in both spellings', async () => {
    const { as } = openFacia();
    const ask = as({});
    for (const body of [
      { client_id: 'acme', client_secret: 'acme-secret' },
      { 'client-id': 'acme', 'client-secret': 'acme-secret' },
    ]) {
      const { token } = (await ask('request-access-token', body)).body.result.data;
      const { status } = await as({ authorization: `Bearer ${token}` })('liveness', await livenessOf());
      expect(status).toBe(200);
    }
    const wrong = await ask('request-access-token', { client_id: 'acme', client_secret: 'x' });
    expect([wrong.status, wrong.text]).toEqual([
      401,
      '{"status":false,"message":"Unauthorized: Invalid signature key provided in the request"}',
    ]);
    const missing = await ask('request-access-token', {});
    expect([missing.status, missing.body.errors]).toEqual([
      400,
      {
        client_id: ['The client_id field is required.'],
        client_secret: ['The client_secret field is required.'],
      },
    ]);
  });

  it('001-6 needs the type "liveness"', async () => {
    for (const type of ['deepfake', 'Liveness', 1, true]) {
      expect(await errorsOf({ type })).toEqual(refused({ type: ['The selected type is invalid.'] }));
    }
    expect((await errorsOf({ type: undefined })).errors).toEqual({ type: ['The type field is required.'] });
  });

  it.each([
    ['001-7 a JPEG', Buffer.from('ffd8ff', 'hex'), 'a.jpg', undefined],
    ['001-7 a JPEG called .JPEG', Buffer.from('ffd8ff', 'hex'), 'a.JPEG', 'image'],
    ['001-7 a PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'a.png', 'photo'],
    ['001-7 001-11 an MP4', clip, 'a.mp4', 'video'],
    ['001-9 a file without an ending', clip, 'blob', 'video'],
  ])('takes %s as a file of a form', async (_title, bytes, name, fileType) => {
    const { app, cases } = openFacia();
    const form = new FormData();
    form.append('file', new Blob([bytes]), name);
    form.append('type', 'liveness');
    form.append('detect_deepfake', 'true');
    form.append('offsite_liveness', '1');
    if (fileType !== undefined) form.append('file_type', fileType);
    const response = await app.inject({
      method: 'POST',
      url: '/liveness',
      headers: { 'client-secret': 'acme-secret' },
      payload: form,
    });
    expect(response.json()).toMatchObject({ message: 'Transaction Created' });
    expect(cases.submissions[0]?.media.probe).toEqual({
      bytes: expect.anything(),
      type: fileType === 'video' ? 'video' : 'image',
    });
    expect(Buffer.from(cases.submissions[0]?.media.probe.bytes ?? [])).toEqual(bytes);
  });

  it.each([
    ['a name', 'file.jpg'],
    ['an address', 'https://pictures.example/a.jpg'],
    ['a GIF', Buffer.from('GIF89a and so on').toString('base64')],
    ['an iPhone picture', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1').toString('base64')],
    ['another clip', Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0', 'latin1').toString('base64')],
    ['one letter', 'A'],
    ['a number', 7],
    ['an object', { bytes: [1], name: 'a.jpg' }],
    ['a data URI of nothing', 'data:image/jpeg;base64,'],
  ])('001-7 refuses %s as a file', async (_title, file) => {
    expect((await errorsOf({ file })).errors).toEqual({
      file: [`The file field must be a file of type: ${TYPES}.`],
    });
  });

  it('001-8 takes data URIs of pictures and clips', async () => {
    const { create, cases } = openFacia();
    await create({ file: `data:image/png;base64,${(await still()).toString('base64')}` });
    await create({ file: `data:video/mp4;base64,${clip.toString('base64')}`, file_type: 'video' });
    expect(cases.submissions.map(({ media }) => media.probe.type)).toEqual(['image', 'video']);
  });

  it('001-7 refuses a file whose name says otherwise, and one of no bytes', async () => {
    const { app } = openFacia();
    const errorsOfFile = async (bytes: Buffer, name: string) => {
      const form = new FormData();
      form.append('file', new Blob([bytes]), name);
      const headers = { 'client-secret': 'acme-secret' };
      const response = await app.inject({ method: 'POST', url: '/liveness', headers, payload: form });
      return response.json().errors.file;
    };
    expect(await errorsOfFile(await still(), 'a.gif')).toEqual([
      `The file field must be a file of type: ${TYPES}.`,
    ]);
    expect(await errorsOfFile(Buffer.alloc(0), 'a.jpg')).toEqual(['The file field is required.']);
  });

  it('001-10 001-11 needs file_type "video" of a clip, and takes no such word for a still', async () => {
    const file = clip.toString('base64');
    expect((await errorsOf({ file })).errors).toEqual({
      file_type: ['The file_type field is required when file is mp4.'],
    });
    expect((await errorsOf({ file, file_type: 'image' })).errors).toEqual({
      file_type: ['The file_type field must be video when file is mp4.'],
    });
    for (const file_type of ['video', 'document', 'IMAGE']) {
      expect((await errorsOf({ file_type })).errors).toEqual({
        file_type: ['The selected file_type is invalid.'],
      });
    }
    const { create } = openFacia();
    for (const file_type of [undefined, null, '', 'image', 'photo']) {
      expect(await create({ file_type })).toMatch(/./);
    }
  });

  it.each(['offsite_liveness', 'detect_deepfake'])('001-12 001-13 needs %s to be true or 1', async (name) => {
    const { create } = openFacia();
    for (const value of [true, 1, '1', 'true']) expect(await create({ [name]: value })).toMatch(/./);
    for (const value of [false, 0, '0', 'false', 'yes', 2, [], 'TRUE']) {
      expect((await errorsOf({ [name]: value })).errors).toEqual({
        [name]: [`The ${name} field must be true or 1.`],
      });
    }
    expect((await errorsOf({ [name]: undefined })).errors).toEqual({
      [name]: [`The ${name} field is required.`],
    });
  });

  it('001-14 takes a client_reference of 5 to 255 characters', async () => {
    const { create, cases } = openFacia();
    for (const length of [5, 255]) await create({ client_reference: 'é'.repeat(length) });
    expect(cases.submissions.map(({ clientReference }) => clientReference?.length)).toEqual([5, 255]);
    for (const client_reference of ['abcd', 'x'.repeat(256)]) {
      expect((await errorsOf({ client_reference })).errors).toEqual({
        client_reference: ['The client_reference field must be between 5 and 255 characters.'],
      });
    }
    for (const client_reference of [12_345, 'abc\0d', '\ud800abcd']) {
      expect((await errorsOf({ client_reference })).errors).toEqual({
        client_reference: ['The client_reference field must be a string.'],
      });
    }
  });

  it('tells everything that is wrong at once, in the order of the vendor', async () => {
    const { ask } = openFacia();
    const { status, text } = await ask('liveness', { wait_for_result: 'x' });
    expect([status, Object.keys(JSON.parse(text).errors)]).toEqual([
      400,
      ['type', 'file', 'offsite_liveness', 'detect_deepfake', 'wait_for_result'],
    ]);
  });

  it('refuses a picture that cannot be decoded, and one that is too large', async () => {
    const unreadable = { refusal: errors.imageUnreadable('inner words') };
    expect(await errorsOf({}, unreadable)).toEqual(refused({ file: ['The file field cannot be read.'] }));
    const small = { env: { FACEGATE_IMAGE_BYTES_MAX: '1024' } };
    const file = Buffer.concat([await still(), Buffer.alloc(2000)]).toString('base64');
    expect(await errorsOf({ file }, small)).toEqual({
      status: 413,
      message: 'Payload Too Large',
      errors: undefined,
    });
    const narrow = { env: { FACEGATE_BODY_BYTES_MAX: '1024' } };
    expect((await errorsOf({ file }, narrow)).status).toBe(413);
  });

  it('answers what the server cannot help as such', async () => {
    for (const [refusal, status, message] of [
      [errors.unavailable('inner words'), 503, 'Server error'],
      [errors.timeout(), 504, 'Server error'],
      [errors.internal('inner words'), 500, 'Internal Server Error'],
    ] as const) {
      expect(await errorsOf({}, { refusal })).toEqual({ status, message, errors: undefined });
    }
  });

  it('takes the quota of liveness in testing mode', async () => {
    const { account, ...rest } = principalOf('acme');
    const testing = {
      ...account,
      mode: 'testing',
      limits: { requestsPerMinute: {}, quotas: { liveness: 1 } },
    } as const;
    const { ask } = openFacia({ principals: { acme: { ...rest, account: testing } } });
    await ask('liveness', await livenessOf());
    const { status, body } = await ask('liveness', await livenessOf());
    expect([status, body.message]).toEqual([400, expect.stringContaining('limit')]);
  });
});

describe('result', () => {
  it('001-18 001-20 tells the outcome by the reference', async () => {
    const { ask, create, resultOf } = openFacia();
    const reference_id = await create();
    expect(await resultOf(reference_id, GENUINE)).toMatchObject({ reference_id, status: 1 });
    expect((await ask('result', {})).body.errors).toEqual({
      reference_id: ['The reference_id field is required.'],
    });
    const long = await ask('result', { reference_id: 'X'.repeat(65) });
    expect([long.status, long.body.errors]).toEqual([
      400,
      { reference_id: ['The reference_id field must not be greater than 64 characters.'] },
    ]);
  });

  it('001-19 001-21 001-22 001-23 001-24 001-25 001-26 answers these keys in this order', async () => {
    const { ask, cases, create } = openFacia();
    const reference_id = await create({ client_reference: '123asd1123' });
    cases.decide(MANIPULATED, reference_id);
    const { body } = await ask('result', { reference_id });
    expect([Object.keys(body), body.message]).toEqual([['status', 'message', 'result'], 'success']);
    expect(Object.entries(body.result.data)).toEqual([
      ['type', 'deepfake'],
      ['reference_id', reference_id],
      ['client_reference', '123asd1123'],
      ['status', 0],
      ['deepfake_score', 0.2359273945279834],
      ['decline_code', 'FADR25'],
      ['decline_reason', 'Deepfake Detected.'],
      ['declined_proof', expect.any(String)],
    ]);
  });

  it('001-15 tells an absent client_reference as null, and no decline of what passed', async () => {
    const { create, resultOf } = openFacia();
    const reference_id = await create();
    expect(await resultOf(reference_id, GENUINE)).toEqual({
      type: 'deepfake',
      reference_id,
      client_reference: null,
      status: 1,
      deepfake_score: 0.031,
      decline_code: null,
      decline_reason: null,
      declined_proof: null,
    });
  });

  it('tells nulls while nothing is decided', async () => {
    const { create, resultOf } = openFacia();
    const reference_id = await create();
    expect(await resultOf(reference_id)).toEqual({
      type: 'deepfake',
      reference_id,
      client_reference: null,
      status: null,
      deepfake_score: null,
      decline_code: null,
      decline_reason: null,
      declined_proof: null,
    });
  });

  it.each([
    ['unreadable', 'FADR20'],
    ['no-face', 'FADR11'],
    ['presentation-attack', 'FADR21'],
    ['blurred', 'FADR17'],
    ['dark', 'FADR09'],
    ['bright', 'FADR10'],
  ] as const)('declines %s as %s, without a score where there was no face', async (cause, code) => {
    const { create, resultOf } = openFacia();
    const { manipulationProbability: _, ...faceless } = { ...MANIPULATED, manipulationProbability: 0 };
    const decision = { ...faceless, causes: [cause], isDetermined: false } as const;
    expect(await resultOf(await create(), decision)).toMatchObject({
      status: 0,
      deepfake_score: null,
      decline_code: code,
      decline_reason: expect.stringMatching(/\.$/),
    });
  });

  it('001-27 001-28 001-29 links the picture that was declined, for 15 minutes, whole or not at all', async () => {
    const { app, cases, create, resultOf } = openFacia();
    const { declined_proof } = await resultOf(await create(), MANIPULATED);
    expect(declined_proof).toMatch(
      /^http:\/\/localhost:80\/api\/image-url\/[0-9a-f]{24}\?expires=\d{10}&signature=[0-9a-f]{64}$/,
    );
    const path = declined_proof.slice('http://localhost:80'.length);
    const shown = await app.inject(path);
    expect([shown.statusCode, shown.headers['content-type'], shown.headers['cache-control']]).toEqual([
      200,
      'image/jpeg',
      'private, no-store',
    ]);
    expect(shown.headers['content-length']).toBe(`${(await still()).length}`);
    expect(shown.rawPayload).toEqual(await still());
    const head = await app.inject({ method: 'HEAD', url: path });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    const part = await app.inject({ url: path, headers: { range: 'bytes=2-5' } });
    const whole = await still();
    expect([part.statusCode, part.headers['content-range'], part.headers['content-length']]).toEqual([
      206,
      `bytes 2-5/${whole.length}`,
      '4',
    ]);
    expect(part.rawPayload).toEqual(whole.subarray(2, 6));
    const several = await app.inject({ url: path, headers: { range: 'bytes=0-1,4-5' } });
    expect([several.statusCode, several.rawPayload]).toEqual([200, whole]);
    cases.pass(900);
    const over = await app.inject(path);
    expect([over.statusCode, over.body]).toEqual([403, '{"status":false,"message":"Invalid signature"}']);
  });

  it('001-27 refuses a link of which any letter was changed', async () => {
    const { app, create, resultOf, ask } = openFacia();
    const reference_id = await create();
    const { declined_proof } = await resultOf(reference_id, MANIPULATED);
    const { quick_liveness_image } = (await ask('status', { reference_id })).body.result.data;
    const [, image = '', query = ''] = /image-url\/(.*)\?(.*)/.exec(declined_proof) ?? [];
    const expires = /\d{10}/.exec(query)?.[0] ?? '';
    const signature = query.slice(-64);
    const token = quick_liveness_image.split('/').at(-1);
    const imagePath = (id: string, until: string, seal: string) =>
      `/api/image-url/${id}?expires=${until}&signature=${seal}`;
    const forged = [
      ...changed(signature).map((other) => imagePath(image, expires, other)),
      ...changed(expires).map((other) => imagePath(image, other, signature)),
      ...changed(image).map((other) => imagePath(other, expires, signature)),
      ...changed(token).map((other) => `/get-proof/${other}`),
      imagePath(image, `0${expires}`, signature),
      imagePath(image, expires, signature.toUpperCase()),
      `/api/image-url/${image}`,
      `/api/image-url/${image}?expires=${expires}&expires=${expires}&signature=${signature}`,
      '/get-proof/x',
      `/get-proof/${token}A`,
    ];
    expect((await app.inject(imagePath(image, expires, signature))).statusCode).toBe(200);
    for (const path of forged) {
      const { statusCode, body } = await app.inject(path);
      expect([path, statusCode, body]).toEqual([path, 403, '{"status":false,"message":"Invalid signature"}']);
    }
  });

  it('shows the worst frame of a clip', async () => {
    const { cases, create, resultOf } = openFacia();
    const reference = await create({ file: clip.toString('base64'), file_type: 'video' });
    const asked: string[] = [];
    const { linkTo } = cases;
    cases.linkTo = (space, id, proof) => {
      asked.push(proof);
      return linkTo(space, id, proof);
    };
    await resultOf(reference, MANIPULATED);
    expect(asked).toEqual(['worst-frame']);
  });
});

describe('001-2 wait_for_result: the analysis within the request', () => {
  it('answers the result in place of the reference', async () => {
    const { ask, cases } = openFacia();
    const waiting = ask('liveness', { ...(await livenessOf()), wait_for_result: '1' });
    await expect.poll(cases.awaited).toBe(1);
    cases.decide(GENUINE);
    const { body } = await waiting;
    expect([body.message, body.result.data.type, body.result.data.status]).toEqual([
      'success',
      'deepfake',
      1,
    ]);
  });

  it('answers nulls when time is up', async () => {
    const { ask } = openFacia({ env: { FACEGATE_ANSWER_TIMEOUT_MS: '100' } });
    const { status, body } = await ask('liveness', { ...(await livenessOf()), wait_for_result: true });
    expect([status, body.result.data.status, body.result.data.reference_id]).toEqual([
      200,
      null,
      expect.stringMatching(/^[0-9A-Z]{15}$/),
    ]);
  });
});

/** The text with each of its letters changed in turn. */
const changed = (text: string): string[] =>
  [...text].map((letter, i) => `${text.slice(0, i)}${letter === '1' ? '2' : '1'}${text.slice(i + 1)}`);
