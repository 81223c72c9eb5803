import { afterAll, beforeAll } from 'vitest';
import { type OpenServer, SERVERS_UNDER_TEST } from './database-under-test.contract.ts';
import { openStore, type StoreUnderTest } from './store-under-test.contract.ts';

/** A server that hangs is given ten seconds before it is ended, and a busy machine takes its time. */
const PATIENCE_MS = 60_000;

type Databases = Pick<OpenServer, 'createDatabase'>;

/** The bundled database server, for the tests of a file; closed behind the last of them. */
export function useServer(): Databases {
  const [bundled] = SERVERS_UNDER_TEST;
  let server: OpenServer;
  beforeAll(async () => {
    server = await bundled.open();
  }, PATIENCE_MS);
  afterAll(() => server?.close(), PATIENCE_MS);
  return { createDatabase: () => server.createDatabase() };
}

/** One store for the tests of a file; closed behind the last of them. @param server @default one of its own */
export function useStore(server = useServer()): StoreUnderTest {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await openStore(await server.createDatabase());
  }, PATIENCE_MS);
  afterAll(() => store?.close(), PATIENCE_MS);
  return {
    get pool() {
      return store.pool;
    },
    close: () => store.close(),
  };
}
