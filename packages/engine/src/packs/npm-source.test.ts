import { expect, test } from 'vitest';
import { sha256Of } from './checksum.ts';
import { CORE_PACK } from './core.data.ts';
import { readNpmSource } from './npm-source.ts';

test('every npm source of the core pack is installed and is the expected file', async () => {
  for (const source of CORE_PACK.files.flatMap((file) => file.sources)) {
    expect(sha256Of(await readNpmSource(source))).toBe(source.sha256);
  }
});

test('an absent package or file is named', async () => {
  const source = { path: 'models/x.bin', sha256: '', licence: '' };
  await expect(readNpmSource({ ...source, origin: 'npm:@nobody/nothing@1.0.0' })).rejects.toThrow(
    /models\/x\.bin of @nobody\/nothing is not installed/,
  );
  await expect(readNpmSource({ ...source, origin: 'npm:@vladmandic/human@3.3.6' })).rejects.toMatchObject({
    code: 'model-missing',
  });
  await expect(readNpmSource({ ...source, origin: 'owner/name@abc' })).rejects.toThrow(
    /names no npm package/,
  );
});
