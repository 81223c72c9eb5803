import type { Binaries } from './binaries.ts';
import type { Endpoint } from './endpoint.ts';
import type { ServerUser } from './server-user.ts';

/** A database's files and what it takes to run a server on them. */
export interface Cluster {
  /** Real path of the folder that holds all that follows. */
  readonly home: string;
  /** The database itself, PostgreSQL's own folder. */
  readonly data: string;
  /** What the server and its tools say. */
  readonly log: string;
  readonly password: string;
  /** undefined: the user of this process. */
  readonly user: ServerUser | undefined;
  readonly endpoint: Endpoint;
  /** Looked for when first needed: an adopted server needs none. */
  binaries(): Promise<Binaries>;
  say(line: string): void;
}
