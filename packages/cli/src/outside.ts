import type { EngineDoor } from './engine-door.ts';

/** Everything a command touches beyond its arguments, so that a test can be the terminal. */
export interface Outside {
  /** Receives answers; a line break is added. */
  readonly print: (text: string) => void;
  /** Receives progress and complaints; a line break is added. */
  readonly complain: (text: string) => void;
  /** Whether a person is watching: progress is shown to people only. */
  readonly isWatched: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here. */
  readonly currentFolder: string;
  readonly openEngine: () => Promise<EngineDoor>;
  /** Fetches a public file; see sources/download.ts. */
  readonly download: (url: string) => Promise<Uint8Array>;
  /** Runs the server until it ends; resolves to its exit code. */
  readonly runServer: (environment: Readonly<Record<string, string | undefined>>) => Promise<number>;
  /** Runs the server's program that examines cases until it ends; resolves to its exit code. */
  readonly runWorker: (environment: Readonly<Record<string, string | undefined>>) => Promise<number>;
  /** Runs the server's program that replaces the master key; resolves to its exit code. */
  readonly runRotation: (environment: Readonly<Record<string, string | undefined>>) => Promise<number>;
  /** Runs the server's program that manages accounts; resolves to its exit code. */
  readonly runAccounts: ServerProgram;
  /** Runs the server's program that reads the audit trail; resolves to its exit code. */
  readonly runAudit: ServerProgram;
}

type ServerProgram = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
) => Promise<number>;
