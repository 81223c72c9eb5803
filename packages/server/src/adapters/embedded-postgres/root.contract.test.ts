import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { DatabaseStartError } from './database-start-error.ts';
import { placeFolder } from './place-folder.ts';
import {
  afterwards,
  ask,
  HANG_MS,
  open,
  postmasterPid,
  processesIn,
  temporaryFolder,
} from './server-under-test.contract.ts';

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)('as root', () => {
  it(
    'runs the server as somebody lesser, who owns the database',
    async () => {
      const folder = join(temporaryFolder(), 'postgres');
      await open(folder);
      const uid = uidOf(postmasterPid(folder));
      expect(uid).toBeGreaterThan(0);
      expect(statSync(join(folder, 'data')).uid).toBe(uid);
      expect(statSync(join(folder, 'password')).uid).toBe(0);
    },
    HANG_MS,
  );

  it(
    'keeps the database where the server can reach it when the folder above is closed, and says where',
    async () => {
      const folder = join(closedFolder(), 'postgres');
      const server = await open(folder);
      const target = realpathSync(folder);
      afterwards(() => rmSync(target, { recursive: true, force: true }));
      expect(dirname(target)).toBe('/var/lib/facegate');
      expect(server.said[0]).toContain(target);
      await ask(server.connection, 'create table kept (x int)');
      await server.close();
      const again = await open(folder);
      expect(again.said).toEqual([]);
      expect(await ask(again.connection, 'select * from kept')).toEqual([]);
      await again.close();
      expect(processesIn(target)).toEqual([]);
    },
    HANG_MS,
  );

  it(
    'does not leave a database behind a closed folder for an empty one elsewhere',
    async () => {
      const parent = temporaryFolder();
      const folder = join(parent, 'postgres');
      await (await open(folder)).close();
      chmodSync(parent, 0o700);
      const elsewhere = namesElsewhere();
      const opening = open(folder);
      await expect(opening).rejects.toThrow(DatabaseStartError);
      await expect(opening).rejects.toThrow(`chmod o+x ${parent}`);
      expect(namesElsewhere().filter((name) => !elsewhere.includes(name))).toEqual([]);
      chmodSync(parent, 0o711);
      await open(folder);
    },
    HANG_MS,
  );

  it(
    'takes a database that root brought back from a backup',
    async () => {
      const parent = temporaryFolder();
      await (await open(join(parent, 'postgres'))).close();
      execFileSync('cp', ['-r', join(parent, 'postgres'), join(parent, 'restored')]);
      const { connection } = await open(join(parent, 'restored'));
      expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
    HANG_MS,
  );

  it('lets all who come at once to a closed folder go to the same place', async () => {
    const user = { uid: 65534, gid: 65534 };
    for (let round = 1; round <= 50; round++) {
      const folder = join(closedFolder(), 'postgres');
      const placements = await Promise.all(
        [1, 2, 3, 4].map(() => placeFolder({ folder, user, say: () => undefined })),
      );
      for (const place of placements) afterwards(() => rmSync(place, { recursive: true, force: true }));
      expect(new Set(placements)).toEqual(new Set([realpathSync(folder)]));
      expect(lstatSync(folder).isSymbolicLink()).toBe(true);
      const [ofThisFolder = ''] = basename(realpathSync(folder)).split('-');
      expect(namesElsewhere().filter((name) => name.startsWith(ofThisFolder))).toHaveLength(1);
    }
  });
});

it('does not put an empty database in the place of one whose folder went', async () => {
  const parent = temporaryFolder();
  symlinkSync(join(parent, 'gone'), join(parent, 'postgres'));
  const opening = open(join(parent, 'postgres'));
  await expect(opening).rejects.toThrow(DatabaseStartError);
  await expect(opening).rejects.toThrow(/link to .*gone, which is not there/);
});

/** As root's home is. */
function closedFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o700);
  return folder;
}

const namesElsewhere = (): string[] =>
  existsSync('/var/lib/facegate') ? readdirSync('/var/lib/facegate') : [];

const uidOf = (pid: number): number => statSync(`/proc/${pid}`).uid;
