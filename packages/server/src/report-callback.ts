import type { AccountCommand } from './account-command.ts';
import type { CallbackAddress } from './domain/callbacks/callback.ts';
import type { Callbacks } from './domain/callbacks/callbacks.ts';
import type { Report } from './report.ts';

type CallbackCommand = Extract<AccountCommand, { action: 'callback' }>;
type Found = Awaited<ReturnType<Callbacks['find']>>;

/** Sets, removes or shows a callback. @throws FaceError */
export async function reportCallback(callbacks: Callbacks, command: CallbackCommand): Promise<Report> {
  const { name, door, url, off } = command;
  if (off === true) {
    await callbacks.remove(name, door);
    return { text: `${name} is not called back at ${door}.`, json: { account: name, door } };
  }
  if (url === undefined) return shown(name, await callbacks.find(name, door));
  return told(name, await callbacks.set(name, door, url));
}

const told = (account: string, { door, url }: CallbackAddress): Report => ({
  text: `${account} is called back at ${url} (${door}).`,
  json: { account, door, url },
});

const shown = (account: string, { door, url, waiting, givenUp }: Found): Report => ({
  text: [
    `${account} is called back at ${url} (${door}); ${waiting} waiting, ${givenUp.length} given up.`,
    ...givenUp.map(
      ({ at, reference, event, reason }) => `  ${at.toISOString()}  ${reference}  ${event}: ${reason}`,
    ),
  ].join('\n'),
  json: { account, door, url, waiting, givenUp },
});
