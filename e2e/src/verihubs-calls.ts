import type { Credentials } from './facegate-command.ts';
import type { RunningServer } from './server-process.ts';

export interface VerihubsReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer.
  readonly body: any;
}

const ROUTES = {
  verify: ['POST', 'verify'],
  enroll: ['POST', 'enroll'],
  search: ['POST', 'search'],
  compare: ['POST', 'compare'],
  liveness: ['POST', 'liveness'],
  delete: ['DELETE', 'enroll'],
} as const;

export type VerihubsOperation = keyof typeof ROUTES;

/** The operations of Verihubs, as a client with these credentials sends them. */
export const verihubsCalls =
  ({ url }: Pick<RunningServer, 'url'>, { app_id, api_key }: Credentials['verihubs']) =>
  async (operation: VerihubsOperation, payload?: object, query = ''): Promise<VerihubsReply> => {
    const [method, name] = ROUTES[operation];
    const answer = await fetch(`${url}/v1/face/${name}${query}`, {
      method,
      headers: {
        'app-id': app_id,
        'api-key': api_key,
        ...(payload && { 'content-type': 'application/json' }),
      },
      ...(payload && { body: JSON.stringify(payload) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
  };

export const base64 = (bytes: ArrayBuffer | Uint8Array): string =>
  Buffer.from(bytes as Uint8Array).toString('base64');
