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
    submit: (photo: Uint8Array) => call('/liveness', livenessOf(photo)),
    submitClip: (clip: Uint8Array) => call('/liveness', { ...livenessOf(clip), file_type: 'video' }),
    result: (reference: string) => call('/result', { reference_id: reference }),
    status: (reference: string) => call('/status', { reference_id: reference }),
  };
}

const livenessOf = (file: Uint8Array) => ({
  type: 'liveness',
  file: Buffer.from(file).toString('base64'),
  offsite_liveness: true,
  detect_deepfake: true,
});

/** Of a submission that was answered; fails for any other. */
export function referenceIn(answer: Answer): string {
  if (answer?.status !== 200)
    throw new Error(`A submission was answered ${answer?.status ?? 'with silence'}.`);
  return (answer.data as CaseResult).reference_id;
}

export type FaciaCalls = ReturnType<typeof faciaCalls>;

/** The default account's, of a server that told them at its first start. */
export function clientSecretIn(said: string): string {
  const secret = /facia +client_secret +(\S+)/.exec(said)?.[1];
  if (secret === undefined) throw new Error('The server told no credentials.');
  return secret;
}
