import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findBinaries, locatePackage } from './binaries.ts';
import { HANG_MS, temporaryFolder } from './server-under-test.contract.ts';
import { chooseServerUser } from './server-user.ts';

it(
  'makes the links that an installation without scripts lacks',
  async () => {
    const packaged = packageWithoutLinks();
    const user = await chooseServerUser('');
    const binaries = await findBinaries({ home: temporaryFolder(), user, say: refuseToSay }, packaged);
    expect(binaries.postgres.startsWith(packaged)).toBe(true);
    expect(lstatSync(join(packaged, 'native', 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true);
  },
  HANG_MS,
);

it(
  'runs a copy where the packages are closed to it, made once',
  async () => {
    const packaged = packageWithoutLinks();
    const user = await chooseServerUser('');
    // Root is not hindered by permissions, the user it gives the server to is; any other user is hindered itself.
    if (user === undefined) chmodSync(join(packaged, 'native', 'lib'), 0o555);
    else chmodSync(packaged, 0o700);
    const home = temporaryFolder();
    const said: string[] = [];
    const find = () => findBinaries({ home, user, say: (line) => said.push(line) }, packaged);
    const { postgres, major } = await find();
    expect(postgres.startsWith(home)).toBe(true);
    expect(execFileSync(postgres, ['--version'], { ...user, cwd: '/', encoding: 'utf8' })).toContain(
      ` ${major}.`,
    );
    await find();
    expect(said).toHaveLength(1);
    chmodSync(join(packaged, 'native', 'lib'), 0o755);
  },
  HANG_MS,
);

it(
  'says what to do where the bundled programs do not run',
  async () => {
    const packaged = packageWithoutLinks();
    rmSync(join(packaged, 'native', 'bin', 'postgres'));
    const finding = findBinaries(
      { home: temporaryFolder(), user: undefined, say: () => undefined },
      packaged,
    );
    await expect(finding).rejects.toThrow(/does not run.*DATABASE_URL/);
  },
  HANG_MS,
);

/** As `npm install --ignore-scripts` leaves it. */
function packageWithoutLinks(): string {
  const copy = join(temporaryFolder(), 'package');
  cpSync(locatePackage(), copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  });
  for (const entry of readdirSync(join(copy, 'native', 'lib'), { withFileTypes: true })) {
    if (entry.isSymbolicLink()) rmSync(join(copy, 'native', 'lib', entry.name));
  }
  return copy;
}

function refuseToSay(line: string): never {
  throw new Error(line);
}
