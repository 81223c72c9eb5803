import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { drawPicture } from '@facegate/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccountStore } from './adapters/postgres/accounts.ts';
import { createRecords } from './adapters/postgres/records.ts';
import { runAuditProgram } from './audit-program-under-test.contract.ts';
import { openCasesNode } from './cases-under-test.contract.ts';
import { createClosers } from './closers.ts';
import { openAudit } from './compose-audit.ts';
import { composeRotation } from './compose-rotation.ts';
import { loadConfig } from './config/load.ts';
import { auditedCases } from './domain/audit/audited-cases.ts';
import { createScribe } from './domain/audit/scribe.ts';
import { eraseOldCases } from './domain/cases/keep-cases.ts';
import { type AccountId, LOCAL_ACCOUNT } from './domain/enrolment/records.ts';
import { canonicalJson } from './domain/erasure/canonical-json.ts';
import { createLogger } from './observability/logger.ts';
import { openRotation } from './rotation-under-test.contract.ts';
import { runRotation } from './run-rotation.ts';
import { useServer } from './server-in-use.contract.ts';

const HERE = 'local/facia' as AccountId;
const COMMENT = 'asked for by the person, née Ł.';

const server = useServer();

/** A store with a trail, cases on it, and the program that attests their erasure. */
async function opened() {
  const url = await server.createDatabase();
  const rotation = await openRotation(url);
  const { pool } = rotation.store;
  const closers = createClosers();
  onTestFinished(async () => {
    await closers.closeAll();
    await rotation.store.close();
  });
  const node = await openCasesNode({ pool, close: async () => undefined });
  const accountStore = createAccountStore(pool);
  const logger = createLogger({ level: 'silent' });
  const { audit } = await openAudit(loadConfig({}), { ...rotation.parts, accountStore }, { logger, closers });
  const cases = auditedCases(
    node,
    createScribe(audit, () => ({ account: LOCAL_ACCOUNT, actor: 'credential-7' })),
  );
  const folder = dirname(dirname(rotation.file));
  const env = { DATABASE_URL: url, FACEGATE_DATA: folder };
  return { cases, node, audit, pool, folder, env, run: (...args: string[]) => runAuditProgram(env, ...args) };
}

type Opened = Awaited<ReturnType<typeof opened>>;

async function submitted({ cases }: Opened): Promise<string> {
  const bytes = await drawPicture([{ identity: 1, x: 60, y: 40 }]);
  const media = { probe: { bytes, type: 'image' as const } };
  return (await cases.submit(HERE, { kind: 'injection', media })).reference;
}

async function erased(store: Opened): Promise<string> {
  const reference = await submitted(store);
  await store.node.examineNext();
  await store.cases.erase(HERE, reference, COMMENT);
  return reference;
}

/** Prints something of the store into a file. */
async function inFile(store: Opened, name: string, ...args: string[]): Promise<string> {
  const { exitCode, said } = await store.run(...args);
  expect(exitCode).toBe(0);
  const path = join(store.folder, name);
  await writeFile(path, said);
  return path;
}

describe('the receipt of an erased case', () => {
  it('tells what was erased, when and by whom, and nothing of the person', async () => {
    const store = await opened();
    const reference = await erased(store);
    const { exitCode, said } = await store.run('receipt', reference);
    expect(exitCode).toBe(0);
    expect(JSON.parse(said)).toEqual({
      document: 'facegate erasure receipt 1',
      reference,
      account: HERE,
      kind: 'injection',
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      erasedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      issuedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      erased: { media: 1, proofs: 1, decisions: 1, persons: 0 },
      method: { dataKey: 'overwritten', files: 'removed' },
      // printf 'asked for by the person, née Ł.' | sha256sum
      commentSha256: '3217d3c094319b349f10d27250bec6b6a5b2bf56dc6705cd424255d5aa0f3418',
      erasedBy: {
        actor: 'credential-7',
        outcome: 'done',
        line: 2,
        lineHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      keyId: expect.stringMatching(/^[0-9a-f]{64}$/),
      signature: expect.stringMatching(/^[0-9a-f]{128}$/),
    });
    expect((await store.run('receipt', reference.toLowerCase(), '--json')).said).toMatch(/^\{.*\}\n$/);
  });

  it('is verified by the store, and by whoever has the public key without one', async () => {
    const store = await opened();
    const receipt = await inFile(store, 'receipt.json', 'receipt', await erased(store));
    const key = await inFile(store, 'key.pem', 'receipt-key');
    for (const [env, ...args] of [[store.env], [{}, `--public-key=${key}`]] as const) {
      const { exitCode, said } = await runAuditProgram(env, 'verify-receipt', receipt, ...args);
      expect([exitCode, said]).toEqual([0, expect.stringContaining('genuine')]);
    }
    await writeFile(receipt, (await readFile(receipt, 'utf8')).replace('"media": 1', '"media": 0'));
    for (const [env, ...args] of [[store.env], [{}, `--public-key=${key}`]] as const) {
      const { exitCode, said } = await runAuditProgram(env, 'verify-receipt', receipt, '--json', ...args);
      expect([exitCode, JSON.parse(said)]).toEqual([3, { outcome: 'altered' }]);
    }
    const another = await opened();
    expect((await another.run('verify-receipt', receipt)).said).toContain('another key');
  });

  it.runIf(hasOpenssl())('is verified by openssl, too (skipped where there is none)', async () => {
    const store = await opened();
    const receipt = await inFile(store, 'receipt.json', 'receipt', await erased(store));
    const key = await inFile(store, 'key.pem', 'receipt-key');
    const { signature, ...others } = JSON.parse(await readFile(receipt, 'utf8'));
    const [signed, seal] = [join(store.folder, 'signed'), join(store.folder, 'seal')];
    await writeFile(signed, canonicalJson(others));
    await writeFile(seal, Buffer.from(signature, 'hex'));
    const how = ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', key, '-in', signed, '-sigfile', seal];
    expect(execFileSync('openssl', how).toString()).toContain('Verified Successfully');
  });

  it('stays genuine when the master key is replaced, and is signed with the same key afterwards', async () => {
    const store = await opened();
    const reference = await erased(store);
    const receipt = await inFile(store, 'receipt.json', 'receipt', reference);
    const key = await store.run('receipt-key');
    const world = { say: () => undefined, complain: expect.fail, stopAsked: new AbortController().signal };
    expect(await runRotation({ env: store.env, compose: composeRotation, ...world })).toBe(0);
    expect((await store.run('verify-receipt', receipt)).exitCode).toBe(0);
    expect((await store.run('receipt-key')).said).toBe(key.said);
    expect((await store.run('receipt', reference)).exitCode).toBe(0);
  });

  it('says that nobody asked for it when the days of the case were over', async () => {
    const store = await opened();
    const reference = await submitted(store);
    const later = { now: () => new Date(Date.now() + 3_600_000) };
    await eraseOldCases({ ...store.node.parts, audit: store.audit, clock: later, days: 0 });
    const { said } = await store.run('receipt', reference);
    expect(JSON.parse(said).erasedBy).toMatchObject({ actor: 'housekeeping', outcome: 'expired' });
    expect(JSON.parse(said).erased).toEqual({ media: 1, proofs: 0, decisions: 0, persons: 0 });
  });

  it('names nobody when the trail has no line about it', async () => {
    const store = await opened();
    const reference = await submitted(store);
    await store.node.erase(HERE, reference, '');
    const { exitCode, said } = await store.run('receipt', reference);
    expect([exitCode, JSON.parse(said)]).toEqual([
      0,
      expect.not.objectContaining({ erasedBy: expect.anything() }),
    ]);
  });

  it("is given of an account's own cases alone, where one is named", async () => {
    const store = await opened();
    const reference = await erased(store);
    for (const mine of ['local', 'local/facia']) {
      expect((await store.run('receipt', reference, `--account=${mine}`)).exitCode).toBe(0);
    }
    for (const other of ['loca', 'nobody', 'local/advance']) {
      const { exitCode, complaint } = await store.run('receipt', reference, `--account=${other}`);
      expect([exitCode, complaint]).toEqual([3, expect.stringContaining('there is no such case')]);
    }
  });
});

function hasOpenssl(): boolean {
  try {
    return execFileSync('openssl', ['version']).toString().startsWith('OpenSSL 3');
  } catch {
    return false;
  }
}

describe('there is no receipt', () => {
  const refusals: readonly (readonly [string, (store: Opened) => Promise<string>])[] = [
    ['unknown', async () => 'NOTHING'],
    ['not-erased', submitted],
    [
      'files-left',
      async (store) => {
        const reference = await erased(store);
        await store.pool.query(
          'insert into facegate.erasure (blob_id, case_number) select $1, number from facegate.media_case',
          ['ab'.repeat(32)],
        );
        return reference;
      },
    ],
    [
      'under-examination',
      async (store) => {
        const reference = await submitted(store);
        await store.node.parts.cases.claim(600_000);
        await store.cases.erase(HERE, reference, '');
        return reference;
      },
    ],
    [
      'not-counted',
      async (store) => {
        const reference = await erased(store);
        await store.pool.query('update facegate.media_case set erased_media = null');
        return reference;
      },
    ],
    [
      'trail-altered',
      async (store) => {
        const reference = await erased(store);
        await store.pool.query("update facegate.audit_line set actor = 'nobody' where number = 2");
        return reference;
      },
    ],
  ];

  it.each(refusals)('for a case that is %s, and that is said', async (reason, arrange) => {
    const store = await opened();
    const reference = await arrange(store);
    const text = await store.run('receipt', reference);
    expect(text).toMatchObject({ exitCode: 3, said: '' });
    expect(text.complaint).toMatch(/^facegate: no receipt: .+\n$/);
    const json = await store.run('receipt', reference, '--json');
    expect([json.exitCode, JSON.parse(json.said)]).toEqual([3, expect.objectContaining({ reason })]);
  });

  it('while a file that could not be removed is there, and one as soon as it is gone', async () => {
    const store = await opened();
    const reference = await submitted(store);
    const { blobs } = store.node.parts;
    const { remove } = blobs;
    Object.assign(blobs, { remove: () => Promise.reject(new Error('the disk is read-only')) });
    await store.cases.erase(HERE, reference, '');
    const early = await store.run('receipt', reference, '--json');
    expect(JSON.parse(early.said)).toEqual({ reason: 'files-left', filesLeft: 1 });
    Object.assign(blobs, { remove });
    const records = createRecords(store.pool);
    const left = await records.unerasedBlobs(10);
    for (const id of left) await blobs.remove(id);
    await records.confirmErasure(left);
    expect((await store.run('receipt', reference)).exitCode).toBe(0);
  });
});

it('says what is missing to verify a receipt', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'facegate-receipts-'));
  const file = join(folder, 'receipt.json');
  await writeFile(file, '{}');
  const absent = await runAuditProgram(
    {},
    'verify-receipt',
    file,
    `--public-key=${join(folder, 'absent.pem')}`,
  );
  expect([absent.exitCode, absent.complaint]).toEqual([1, expect.stringContaining('ENOENT')]);
  const noKey = await runAuditProgram({}, 'verify-receipt', file, `--public-key=${file}`);
  expect([noKey.exitCode, noKey.complaint]).toEqual([1, expect.stringContaining('no Ed25519 public key')]);
});
