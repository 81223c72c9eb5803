#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = new URL('../dist/main.js', import.meta.url);
if (existsSync(fileURLToPath(built))) {
  await import(built.href);
} else {
  process.stderr.write(
    'facegate is not built yet. Run "npm run build" in the clone first (npm start does it for you).\n',
  );
  process.exitCode = 5;
}
