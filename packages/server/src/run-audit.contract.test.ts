import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccountStore } from './adapters/postgres/accounts.ts';
import { runAuditProgram } from './audit-program-under-test.contract.ts';
import { entry } from './audit-under-test.contract.ts';
import { createClosers } from './closers.ts';
import { openAudit } from './compose-audit.ts';
import { composeRotation } from './compose-rotation.ts';
import { loadConfig } from './config/load.ts';
import { createLogger } from './observability/logger.ts';
import { openRotation } from './rotation-under-test.contract.ts';
import { runRotation } from './run-rotation.ts';
import { useServer } from './server-in-use.contract.ts';

const HER = '01890000-0000-7000-8000-00000000000a';
const server = useServer();

/** A store with a trail of two searches, one of which found her. */
async function storeWithTrail() {
  const url = await server.createDatabase();
  const rotation = await openRotation(url);
  onTestFinished(() => rotation.store.close());
  const closers = createClosers();
  const log: string[] = [];
  const logger = createLogger({ level: 'info', sink: { write: (line) => void log.push(line) } });
  const { auditLog, keys } = rotation.parts;
  const store = { auditLog, keys, accountStore: createAccountStore(rotation.store.pool) };
  const { audit } = await openAudit(loadConfig({}), store, { logger, closers });
  await audit.record(entry({ subjects: [HER], requestId: 'request-1' }));
  await audit.record(entry({ outcome: 'no-candidate' }));
  await closers.closeAll();
  const env = { DATABASE_URL: url, FACEGATE_DATA: dirname(dirname(rotation.file)) };
  return { env, pool: rotation.store.pool, log: log.join('') };
}

describe('the program that reads the audit trail', () => {
  it('verifies it, against the anchors of the log too', async () => {
    const { env, pool, log } = await storeWithTrail();
    const anchors = [...log.matchAll(/"anchor":"(\d+:[0-9a-f]{64})"/g)].map(([, anchor]) => anchor ?? '');
    expect(anchors).toHaveLength(2);
    for (const anchor of anchors) {
      const { exitCode, said } = await runAuditProgram(env, 'verify', `--anchor=${anchor}`);
      expect([exitCode, said]).toEqual([0, expect.stringContaining('sound: 2 lines from number 1 on')]);
    }
    const other = await runAuditProgram(env, 'verify', `--anchor=2:${'0'.repeat(64)}`);
    expect([other.exitCode, other.said]).toEqual([3, expect.stringContaining('line 2')]);
    await pool.query("update facegate.audit_line set outcome = 'candidates' where number = 2");
    const { exitCode, said } = await runAuditProgram(env, 'verify');
    expect([exitCode, said]).toEqual([3, expect.stringContaining('line 2 is not as it was written')]);
    const json = await runAuditProgram(env, 'verify', '--json');
    expect(JSON.parse(json.said)).toEqual({ outcome: 'tampered', fault: 'line-altered', line: 2 });
  });

  it('lists lines, all or those that are asked for', async () => {
    const { env } = await storeWithTrail();
    const all = await runAuditProgram(env, 'list');
    expect(all.said.trimEnd().split('\n')).toEqual([
      expect.stringMatching(new RegExp(`^1 .*local  open  face.search  candidates  ${HER}  .*request-1$`)),
      expect.stringMatching(/^2 .*no-candidate {2}- {2}/),
    ]);
    const hers = await runAuditProgram(env, 'list', `--subject=${HER.toUpperCase()}`, '--json');
    expect(JSON.parse(hers.said)).toMatchObject({ number: 1, subjects: [HER], details: { faces: 1 } });
    expect((await runAuditProgram(env, 'list', '--account=nobody')).said).toBe('');
    expect((await runAuditProgram(env, 'list', '--since=2100-01-01')).said).toBe('');
    expect((await runAuditProgram(env, 'searches-for', HER)).said).toContain('request-1');
  });

  it('finds the trail sound after a rotation of the master key, which it names', async () => {
    const { env } = await storeWithTrail();
    const world = { say: () => undefined, complain: expect.fail, stopAsked: new AbortController().signal };
    expect(await runRotation({ env, compose: composeRotation, ...world })).toBe(0);
    expect((await runAuditProgram(env, 'verify')).exitCode).toBe(0);
    expect((await runAuditProgram(env, 'list', '--json')).said).toContain('"action":"master-key.rotate"');
  });

  it('makes nothing in a folder that may be the wrong one', async () => {
    const data = await mkdtemp(join(tmpdir(), 'facegate-audit-'));
    const { exitCode, complaint } = await runAuditProgram({ FACEGATE_DATA: data }, 'verify');
    expect([exitCode, complaint]).toEqual([1, expect.stringContaining('There is no master key')]);
    expect(await readdir(data)).toEqual([]);
  });

  it('says what it does not understand, and which settings are wrong', async () => {
    const { env } = await storeWithTrail();
    expect((await runAuditProgram(env, 'verfy')).exitCode).toBe(1);
    expect((await runAuditProgram(env, 'verify', '--colour')).complaint).toContain('--colour');
    expect((await runAuditProgram({ ...env, FACEGATE_PORT: 'x' }, 'verify')).exitCode).toBe(78);
  });
});
