import { type DrawnFace, drawPicture } from '@facegate/testkit';
import type { FastifyInstance } from 'fastify';
import { type AppUnderTestOptions, openApp } from '../../app-under-test.contract.ts';
import type { Principal } from '../../domain/accounts/account.ts';
import type { Limits } from '../../domain/limits/limits.ts';
import { type LimitsOptions, openLimits } from '../../limits-under-test.contract.ts';
import { usePeople } from '../../people-under-test.contract.ts';
import { openAuthentication, principalOf } from './access.contract.ts';

const people = usePeople({ database: 'shared' });

export interface VerihubsAppOptions extends Pick<AppUnderTestOptions, 'engine' | 'models' | 'fetchImage'> {
  /** Beside `acme`, or in its place. */
  readonly principals?: Readonly<Record<string, Principal>>;
  readonly limits?: LimitsOptions;
  /** In place of limits that count from the start of a test. */
  readonly realLimits?: Limits;
}

/** The whole server with the customer `acme`, who has enrolled nobody yet. */
export function openVerihubs({
  principals = {},
  limits: options,
  realLimits,
  ...rest
}: VerihubsAppOptions = {}) {
  const counted = openLimits(options);
  const limits = realLimits ?? counted;
  const authentication = openAuthentication({ acme: principalOf('acme'), ...principals });
  const opened = openApp({
    ...rest,
    people: (processor) => ({ ...people(processor, { limits }), authentication, limits }),
  });
  return {
    ...opened,
    limits: counted,
    ask: asking(opened.app, 'acme'),
    as: (id: string) => asking(opened.app, id),
  };
}

type Operation = 'verify' | 'enroll' | 'search' | 'compare' | 'liveness' | 'deepfake' | 'delete';

/** @param appId  whose credentials are sent. */
const asking = (app: FastifyInstance, appId: string) => async (operation: Operation, payload?: unknown) => {
  const isDelete = operation === 'delete';
  const response = await app.inject({
    method: isDelete ? 'DELETE' : 'POST',
    url: `/v1/face/${isDelete ? 'enroll' : operation}`,
    headers: { 'App-ID': appId, 'API-Key': `${appId}-key`, 'content-type': 'application/json' },
    ...(payload !== undefined && { payload: payload as object }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
  const body: any = response.json();
  return { status: response.statusCode, body, text: response.body, headers: response.headers };
};

/** Whom drawn pictures show. */
export const [ANNA, BORIS] = [11, 22];

const picture = async (...faces: DrawnFace[]): Promise<string> =>
  (await drawPicture(faces)).toString('base64');

/** Base64 of a picture of one person. */
export const of = (identity: number): Promise<string> => picture({ identity, x: 120, y: 60 });

/** Base64 of a picture of two, the second smaller and further from the middle. */
export const two = (first: number, second: number): Promise<string> =>
  picture({ identity: first, x: 120, y: 60 }, { identity: second, x: 5, y: 5, width: 30, height: 40 });

/** Base64 of a picture without a face. */
export const nobody = (): Promise<string> => picture();
