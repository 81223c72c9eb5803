/**
 * A program for tests: opens the database in the folder named first, says so, and lives until it is killed.
 *
 * @module
 */
import process from 'node:process';
import { setInterval } from 'node:timers';
import { openEmbeddedPostgres } from './open-embedded-postgres.ts';

await openEmbeddedPostgres({ folder: String(process.argv[2]), say: () => undefined });
process.stdout.write('open\n');
setInterval(() => undefined, 60_000);
