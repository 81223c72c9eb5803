import { once } from 'node:events';
import process from 'node:process';

/** Settles when the process is told to stop; the value says by what. */
export const stopAsked = (): Promise<string> =>
  Promise.race(
    ['SIGTERM', 'SIGINT'].map(async (signal) => {
      await once(process, signal);
      return signal;
    }),
  );
