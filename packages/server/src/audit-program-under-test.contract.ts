import { readFile } from 'node:fs/promises';
import { composeAudit } from './compose-audit.ts';
import type { Environment } from './config/load.ts';
import { runAudit } from './run-audit.ts';

/** What the program for the audit trail says to an operator. */
export async function runAuditProgram(env: Environment, ...args: string[]) {
  const said: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runAudit({
    args,
    env: { FACEGATE_LOG_LEVEL: 'silent', ...env },
    say: (text) => void said.push(text),
    complain: (text) => void complaints.push(text),
    readText: (path) => readFile(path, 'utf8'),
    compose: composeAudit,
  });
  return { exitCode, said: said.join(''), complaint: complaints.join('') };
}
