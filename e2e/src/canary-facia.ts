import type { Call } from './canary-verihubs.ts';
import type { Credentials } from './facegate-command.ts';
import { base64 } from './verihubs-calls.ts';

/** What may be written down nowhere. */
interface Canary {
  /** The caller's own word for a transaction, and for why it is deleted. */
  readonly clientReference: string;
  readonly comment: string;
  readonly photo: Uint8Array;
  /** Absent where none can be made. */
  readonly clip: Uint8Array | undefined;
  readonly credentials: Credentials['facia'];
}

/** What was answered and is as secret. */
interface Given {
  readonly token: string;
  /** Paths with what opens them. */
  readonly links: readonly string[];
  /** To what was deleted. */
  readonly deadLinks: readonly string[];
}

const TYPES: Readonly<Record<string, string>> = {
  'face-match': 'photo_id_match',
  'face-search': 'face_search',
  'age-estimation': 'age_estimation',
};
const OPERATIONS = [
  ...['liveness', 'face-match', 'face-search', 'enroll-face', 'age-estimation'],
  ...['result', 'status', 'delete', 'request-access-token'],
];
const NOTHING = { authorization: undefined };

const liveness = (file: string) => ({
  type: 'liveness',
  file,
  offsite_liveness: true,
  detect_deepfake: true,
  wait_for_result: true,
});

/** Every operation of FACIA, with her picture, her clip and what its caller calls her. */
export async function useFacia(call: Call, canary: Canary): Promise<Given> {
  const { clientReference: client_reference, comment, photo, credentials } = canary;
  const secret = { ...NOTHING, 'client-secret': credentials.client_secret };
  const { token } = dataOf(await call('POST', '/request-access-token', credentials, NOTHING));
  const bearer = { authorization: `Bearer ${token}` };
  const image = base64(photo);
  const pair = { type: 'photo_id_match', face_frame: image, id_frame: image, wait_for_result: true };

  const still = await call('POST', '/liveness', { ...liveness(image), client_reference }, secret);
  const moving = await call('POST', '/liveness', clipForm(canary), bearer);
  const match = await call('POST', '/face-match', { ...pair, client_reference }, bearer);
  await call('POST', '/enroll-face', { file_list: [image], client_reference }, bearer);
  for (const type of ['face_search', 'age_estimation']) {
    const asked = { type, file: image, client_reference, enroll_face: true, wait_for_result: true };
    await call('POST', `/${type.replace('_', '-')}`, asked, bearer);
  }
  const linksOf = async (answer: unknown): Promise<string[]> => {
    const { reference_id } = dataOf(answer);
    const told = [
      await call('POST', '/result', { reference_id }, bearer),
      await call('POST', '/status', { reference_id }, secret),
    ];
    const links = told.flatMap((one) => linksIn(dataOf(one)));
    for (const link of links) await call('GET', link, undefined, NOTHING);
    return links;
  };
  const deadLinks = await linksOf(still);
  const links = [...(await linksOf(moving)), ...(await linksOf(match))];
  await call('POST', '/delete', { reference_id: dataOf(still).reference_id, comment }, secret);
  return { token, links, deadLinks };
}

// biome-ignore lint/suspicious/noExplicitAny: answers are taken as they come.
const dataOf = (answer: any) => answer.result.data;

/** Another last character. */
const altered = (link: string): string => link.slice(0, -1) + (link.endsWith('x') ? 'y' : 'x');

const linksIn = (data: object): string[] =>
  Object.values(data)
    .filter((value) => typeof value === 'string' && value.startsWith('http'))
    .map((link) => new URL(link).pathname + new URL(link).search);

function clipForm({ clip, photo, clientReference }: Canary): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(liveness(''))) form.set(name, String(value));
  form.set('file', new Blob([Uint8Array.from(clip ?? photo)]), `${clientReference}.${clip ? 'mp4' : 'jpg'}`);
  if (clip) form.set('file_type', 'video');
  form.set('client_reference', clientReference);
  return form;
}

/** Every way to be refused there that has something to repeat. */
export async function beRefusedByFacia(call: Call, canary: Canary, given: Given): Promise<void> {
  const { clientReference, comment, photo, credentials } = canary;
  const { client_id, client_secret } = credentials;
  const right = { ...NOTHING, 'client-secret': client_secret };
  const wrong = [
    { ...NOTHING, 'client-secret': `${client_secret}x` },
    { ...NOTHING, 'client-secret': client_id },
    { authorization: `Bearer ${given.token}x` },
    { authorization: `Bearer ${client_secret}` },
  ];
  const image = base64(photo);
  const whole = {
    ...liveness(image),
    ...{ reference_id: clientReference, comment, face_frame: image, id_frame: image },
  };
  const garbage = base64(photo.subarray(400, 4000));
  for (const name of OPERATIONS) {
    const path = `/${name}`;
    for (const headers of wrong)
      await call('POST', path, { ...whole, ...credentials, client_secret: client_id }, headers);
    await call('POST', path, `{"reference_id":"${clientReference}","file":"${image}`, right);
    for (const file of [garbage, clientReference, [image], `http://127.0.0.1:9/${clientReference}.jpg`]) {
      const type = TYPES[name] ?? 'liveness';
      const files = { type, file, file_list: [file], face_frame: file, id_frame: file };
      await call('POST', path, { ...whole, ...files, [comment]: image }, right);
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const words = new URLSearchParams({
      type: comment,
      file: garbage,
      reference_id: clientReference,
      client_secret,
    });
    await call('POST', path, words.toString(), { ...right, ...form });
    await call(
      'GET',
      `${path}?client_secret=${client_secret}&reference_id=${clientReference}`,
      undefined,
      right,
    );
  }
  for (const link of given.links) await call('GET', altered(link), undefined, NOTHING);
  for (const link of given.deadLinks) await call('GET', link, undefined, NOTHING);
  await call('GET', `/get-proof/${clientReference}`, undefined, NOTHING);
  await call('GET', `/api/image-url/${clientReference}?signature=${client_secret}`, undefined, NOTHING);
  await call('POST', `/${clientReference}`, { file: image, comment }, right);
}
