import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY_ROOT = resolve(fileURLToPath(new URL('../../../', import.meta.url)));

/** Where labelled pictures live: `FACEGATE_TEST_DATA`, or `shared/data` beside the repository. */
export function testDataFolder(name: string): string {
  const root = process.env['FACEGATE_TEST_DATA'] ?? join(REPOSITORY_ROOT, '..', 'shared', 'data');
  const folder = join(root, name);
  if (!existsSync(folder)) {
    throw new Error(`The data set ${name} is not here. Set FACEGATE_TEST_DATA to the folder that holds it.`);
  }
  return folder;
}
