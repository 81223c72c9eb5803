import type { Credentials } from './facegate-command.ts';

/** Sends a request; what is refused is looked through later. @param headers  undefined: none of this name. */
export type Call = (
  method: string,
  path: string,
  payload?: unknown,
  headers?: Record<string, string | undefined>,
  // biome-ignore lint/suspicious/noExplicitAny: answers are taken as they come.
) => Promise<any>;

/** What may be written down nowhere. */
interface Canary {
  readonly subject: string;
  /** Base64 of a picture, and of a part of it that is none. */
  readonly image: string;
  readonly garbage: string;
  readonly credentials: Credentials['verihubs'];
}

const SUFFIXES = ['verify', 'enroll', 'search', 'compare', 'liveness', 'deepfake'];

const headersOf = ({ app_id, api_key }: Credentials['verihubs']) => ({
  'app-id': app_id,
  'api-key': api_key,
});

/** Every operation of Verihubs, with her picture and her name. */
export async function useVerihubs(call: Call, { subject, image, credentials }: Canary): Promise<void> {
  const post = (name: string, payload: object) =>
    call('POST', `/v1/face/${name}`, payload, headersOf(credentials));
  const her = { subject_id: subject, image };
  await post('enroll', her);
  await post('enroll', { image });
  await post('verify', { ...her, is_liveness: true });
  await post('verify', { ...her, is_liveness: true, validate_liveness: true, validate_nface: true });
  await post('search', { image, limit: 3, return_image: true });
  await post('compare', { image_1: image, image_2: `data:image/jpeg;base64,${image}` });
  await post('liveness', { image });
  await post('deepfake', { image });
  await call('DELETE', '/v1/face/enroll', { subject_id: subject }, headersOf(credentials));
  await post('enroll', her);
  const address = `/v1/face/enroll?subject_id=${encodeURIComponent(subject)}`;
  await call('DELETE', address, undefined, headersOf(credentials));
}

/** Every way to be refused there that has something to repeat. */
export async function beRefusedByVerihubs(call: Call, canary: Canary): Promise<void> {
  const { subject, image, garbage, credentials } = canary;
  const right = headersOf(credentials);
  const wrong = [
    { ...right, 'api-key': `${credentials.api_key}x` },
    { ...right, 'app-id': credentials.api_key, 'api-key': credentials.app_id },
    { 'app-id': credentials.app_id },
  ];
  const refused = (picture: unknown) => ({
    subject_id: subject,
    image: picture,
    image_1: picture,
    image_2: picture,
  });
  const elsewhere = `http://127.0.0.1:9/${subject}.jpg?key=${credentials.api_key}`;
  for (const name of SUFFIXES) {
    const path = `/v1/face/${name}`;
    for (const headers of wrong) await call('POST', path, refused(image), headers);
    await call('POST', path, `{"subject_id":"${subject}","image":"${image}`, right);
    for (const picture of [garbage, subject, [image], elsewhere]) {
      await call('POST', path, refused(picture), right);
    }
    await call('POST', path, { ...refused(image), is_quality: subject, [subject]: image }, right);
    await call('POST', path, { ...refused(image), threshold: subject, limit: subject }, right);
    await call('GET', `${path}?subject_id=${subject}`, undefined, right);
  }
  await call('POST', `/v1/face/${subject}`, refused(image), right);
  await call('POST', '/v1/face/verify', { subject_id: subject, image }, right);
  await call('DELETE', `/v1/face/enroll?subject_id=${subject}`, undefined, right);
  await call('DELETE', '/v1/face/enroll', { subject_id: `${subject}\u0000` }, right);
}
