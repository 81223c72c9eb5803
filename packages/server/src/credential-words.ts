import type { Door } from './domain/accounts/account.ts';
import type { IssuedCredentials } from './domain/accounts/accounts.ts';

/** What each vendor calls an identifier and its secret; a native key is one word. */
const WORDS = {
  native: { secret: 'api_key' },
  facia: { identifier: 'client_id', secret: 'client_secret' },
  verihubs: { identifier: 'app_id', secret: 'api_key' },
  advance: { identifier: 'access_key', secret: 'secret_key' },
} as const satisfies Record<Door, { readonly identifier?: string; readonly secret: string }>;

export interface DoorWords {
  readonly door: Door;
  /** Name and value, the identifier first. */
  readonly words: readonly (readonly [name: string, value: string])[];
}

/** Credentials under the names their vendors give them. */
export const credentialWords = ({ credentials }: IssuedCredentials): DoorWords[] =>
  credentials.map(({ door, identifier, secret }) => {
    const words: { readonly identifier?: string; readonly secret: string } = WORDS[door];
    const named = words.identifier === undefined ? [] : [[words.identifier, identifier] as const];
    return { door, words: [...named, [words.secret, secret] as const] };
  });

/** For people: one line for each word. */
export const credentialLines = (issued: IssuedCredentials): string[] =>
  credentialWords(issued).flatMap(({ door, words }) =>
    words.map(([name, value]) => `  ${door.padEnd(10)}${name.padEnd(15)}${value}`),
  );
