import type { RunningServer } from './server-process.ts';

/** What `/result` says; nulls while nothing was decided. */
export interface CaseResult {
  readonly reference_id: string;
  readonly status: 0 | 1 | null;
  readonly deepfake_score: number | null;
  readonly decline_code: string | null;
}

type Answer = { readonly status: number; readonly data: unknown } | undefined;

/** FACIA's operations, as a client with this secret sends them. Undefined: the server died. */
export function faciaCalls({ url }: Pick<RunningServer, 'url'>, clientSecret: string) {
  const call = async (path: string, payload: object): Promise<Answer> => {
    try {
      const answer = await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'client-secret': clientSecret },
        body: JSON.stringify(payload),
      });
      const { result } = (await answer.json()) as { result?: { data?: unknown } };
      return { status: answer.status, data: result?.data };
    } catch {
      return undefined;
    }
  };
  return {
    call,
    submit: (photo: Uint8Array) =>
      call('/liveness', {
        type: 'liveness',
        file: Buffer.from(photo).toString('base64'),
        offsite_liveness: true,
        detect_deepfake: true,
      }),
    result: (reference: string) => call('/result', { reference_id: reference }),
  };
}

export type FaciaCalls = ReturnType<typeof faciaCalls>;

/** The default account's, of a server that told them at its first start. */
export function clientSecretIn(said: string): string {
  const secret = /facia +client_secret +(\S+)/.exec(said)?.[1];
  if (secret === undefined) throw new Error('The server told no credentials.');
  return secret;
}
