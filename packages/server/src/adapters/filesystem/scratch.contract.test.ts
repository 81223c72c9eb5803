import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratchContract } from '../../ports/scratch.contract.ts';
import { createFileScratch } from './scratch.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'facegate-scratch-'));

scratchContract('a folder', () => createFileScratch(join(newFolder(), 'scratch')));

it('sweeps a folder that is not there yet', async () => {
  await expect(createFileScratch(join(newFolder(), 'absent')).sweep(new Date())).resolves.toBeUndefined();
});

it('says "unavailable" or "internal" where it cannot write, without the path', async () => {
  const file = join(newFolder(), 'occupied');
  writeFileSync(file, '');
  const writing = createFileScratch(join(file, 'scratch')).withFile([new Uint8Array(1)], async () => {});
  await expect(writing).rejects.toMatchObject({ name: 'FaceError', publicMessage: 'The server failed.' });
});
