import { drawPicture } from '@facegate/testkit';
import type { FastifyInstance } from 'fastify';
import { openApp } from '../../app-under-test.contract.ts';
import type { Environment } from '../../config/load.ts';
import type { Principal } from '../../domain/accounts/account.ts';
import type { Authentication } from '../../domain/accounts/authentication.ts';
import type { FaceError } from '../../domain/errors.ts';
import { type LimitsOptions, openLimits } from '../../limits-under-test.contract.ts';
import { openAuthentication, principalOf } from './access.contract.ts';
import { type CasesUnderTest, openCases } from './cases-under-test.contract.ts';

interface FaciaAppOptions {
  readonly env?: Environment;
  readonly limits?: LimitsOptions;
  /** Beside `acme` and `rival`, or in their place. */
  readonly principals?: Readonly<Record<string, Principal>>;
  /** In place of the principals. */
  readonly authentication?: Authentication;
  /** Of everything that is submitted. */
  readonly refusal?: FaceError;
}

/** The whole server with two customers, and cases that a test decides. */
export function openFacia({ env, limits, principals, authentication, refusal }: FaciaAppOptions = {}) {
  const cases = openCases(refusal && { refusal });
  const known = { acme: principalOf('acme'), rival: principalOf('rival'), ...principals };
  const { app, log } = openApp({
    ...(env && { env }),
    people: () => ({
      cases,
      limits: openLimits(limits),
      authentication: authentication ?? openAuthentication(known),
    }),
  });
  const ask = asking(app, { 'client-secret': 'acme-secret' });
  return { app, log, cases, ask, as: (headers: Headers) => asking(app, headers), ...scenes(cases, ask) };
}

/** Undefined takes one away. */
type Headers = Readonly<Record<string, string | undefined>>;

export type Operation =
  | 'request-access-token'
  | 'liveness'
  | 'face-match'
  | 'face-search'
  | 'enroll-face'
  | 'age-estimation'
  | 'result'
  | 'status'
  | 'delete';

/** @param headers  sent with every request. */
const asking =
  (app: FastifyInstance, headers: Headers) => async (operation: Operation, payload?: unknown) => {
    const response = await app.inject({
      method: 'POST',
      url: `/${operation}`,
      headers: given({ 'content-type': 'application/json', ...headers }),
      ...(payload !== undefined && { payload: payload as object }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
    const body: any = response.json();
    return { status: response.statusCode, body, text: response.body, headers: response.headers };
  };

const given = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );

type Ask = ReturnType<typeof asking>;

/** Transactions as tests need them. */
const scenes = (cases: CasesUnderTest, ask: Ask) => ({
  /** @returns the reference of one that nobody has decided. */
  create: async (rest: object = {}): Promise<string> =>
    (await ask('liveness', { ...(await livenessOf()), ...rest })).body.result.data.reference_id,
  createMatch: async (rest: object = {}): Promise<string> =>
    (await ask('face-match', { ...(await faceMatchOf()), ...rest })).body.result.data.reference_id,
  /** Decides it, and asks. */
  resultOf: async (reference: string, decision?: Parameters<CasesUnderTest['decide']>[0]) => {
    if (decision !== undefined) cases.decide(decision, reference);
    return (await ask('result', { reference_id: reference })).body.result.data;
  },
});

const picture = (identity: number): Promise<Buffer> => drawPicture([{ identity, x: 20, y: 20 }]);

/** A drawn still. */
export const still = (): Promise<Buffer> => picture(11);

/** The head of a clip; nobody decodes it here. */
export const clip = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

export const livenessOf = async () => ({
  type: 'liveness',
  file: (await still()).toString('base64'),
  detect_deepfake: 1,
  offsite_liveness: 1,
});

export const faceSearchOf = async () => ({
  type: 'face_search',
  file: (await still()).toString('base64'),
});

export const ageEstimationOf = async () => ({
  type: 'age_estimation',
  file: (await still()).toString('base64'),
});

export const enrollFaceOf = async () => ({
  'file_list[0]': (await still()).toString('base64'),
});

export const faceMatchOf = async () => ({
  type: 'photo_id_match',
  face_frame: (await still()).toString('base64'),
  id_frame: (await picture(22)).toString('base64'),
});
