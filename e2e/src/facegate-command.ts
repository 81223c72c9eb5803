import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FACEGATE = fileURLToPath(new URL('../../packages/cli/bin/facegate.mjs', import.meta.url));

/** What `accounts create` and `rotate` print. */
export interface Credentials {
  readonly account: string;
  readonly native: { readonly api_key: string };
  readonly facia: { readonly client_id: string; readonly client_secret: string };
  readonly verihubs: { readonly app_id: string; readonly api_key: string };
}

/** `facegate accounts … --json` with settings beside those of whoever runs the tests; fails unless it ends with 0. */
export const accountsCommand =
  (settings: Readonly<Record<string, string>>) =>
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of what is printed.
  async (...args: string[]): Promise<any> => {
    const env = { ...process.env, ...settings };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [FACEGATE, 'accounts', ...args, '--json'],
      {
        env,
      },
    );
    return JSON.parse(stdout);
  };
