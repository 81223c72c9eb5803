import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outside } from '../outside.ts';
import { runProgram } from '../program.ts';
import { createFakeDoor } from './fake-engine.ts';

/** A terminal in an empty folder of its own, with files as given, that remembers what was printed. */
export function createTerminal(
  files: Record<string, string | Uint8Array> = {},
  changes: Partial<Outside> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-cli-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const printed: string[] = [];
  const complaints: string[] = [];
  const fake = createFakeDoor();
  const outside: Outside = {
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
    isWatched: false,
    environment: {},
    currentFolder: folder,
    openEngine: async () => fake.door,
    download: async (url) => new TextEncoder().encode(url),
    runServer: async () => 0,
    runWorker: async () => 0,
    runRotation: async () => 0,
    runAccounts: async () => 0,
    runAudit: async () => 0,
    ...changes,
  };
  return {
    folder,
    fake,
    run: (...args: string[]) => runProgram(args, outside),
    printed: () => printed.join('\n'),
    complaints: () => complaints.join('\n'),
    json: () => JSON.parse(printed.join('\n')),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
