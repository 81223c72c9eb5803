import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeEngine, type FakeEngineOptions } from '@facegate/testkit';
import { onTestFinished } from 'vitest';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import { createFileBlobs } from './adapters/filesystem/blobs.ts';
import { createFileScratch } from './adapters/filesystem/scratch.ts';
import { createCaseRecords } from './adapters/postgres/case-records.ts';
import { systemClock } from './adapters/system/clock.ts';
import { newMasterKey } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import type { AuditEntry } from './domain/audit/audit.ts';
import { createBell } from './domain/bell.ts';
import { type CaseRunnerParts, examineNext } from './domain/cases/case-runner.ts';
import { createCases } from './domain/cases/create-cases.ts';
import { LEASE_MS } from './domain/cases/policy.ts';
import { createRunningCases } from './domain/cases/running-cases.ts';
import type { Clock } from './ports/clock.ts';
import type { FaceProcessor } from './ports/face-processor.ts';
import { openNode, type StoreUnderTest } from './store-under-test.contract.ts';

const ring = [newMasterKey()] as const;
const keys = createKeys(() => ring);
const linkKey = keys.createDataKey();

export interface CasesNodeOptions extends FakeEngineOptions {
  /** In the place of the fake engine. */
  readonly processor?: FaceProcessor;
  readonly clock?: Clock;
  /** Shared by nodes; one of its own unless given. */
  readonly folder?: string;
  /** @default LEASE_MS */
  readonly leaseMs?: number;
}

export const newDataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'facegate-cases-'));

/** The cases of one facegate on a store, with a fake engine; they are examined when a test says so. */
export async function openCasesNode(store: StoreUnderTest, options: CasesNodeOptions = {}) {
  const { pool } = store;
  const { clock = systemClock, folder = await newDataFolder(), leaseMs = LEASE_MS, ...traits } = options;
  const processor = options.processor ?? createFaceProcessor(createFakeEngine(traits));
  const { records, gallery, follower, catchUp, ids, close } = await openNode(store, {
    processor,
    clock,
    keys,
  });
  onTestFinished(close);
  const written: AuditEntry[] = [];
  const failures: unknown[] = [];
  const parts: CaseRunnerParts = {
    cases: createCaseRecords(pool),
    records,
    gallery,
    follower,
    catchUp,
    ids,
    keys,
    processor,
    clock,
    blobs: createFileBlobs(join(folder, 'blobs')),
    scratch: createFileScratch(join(folder, 'scratch')),
    linkKey,
    bell: createBell(),
    running: createRunningCases(),
    policy: { manipulationProbabilityMin: 0.95 },
    limits: { imageBytesMax: 1_000_000, linkSeconds: 900, acceptsClips: true },
    audit: {
      record: async (entry) => void written.push(entry),
      note: (entry) => void written.push(entry),
    },
    atOnce: 1,
    leaseMs,
    onFailure: (error) => void failures.push(error),
  };
  const never = new AbortController().signal;
  return {
    ...createCases(parts),
    parts,
    folder,
    written,
    failures,
    examineNext: () => examineNext(parts, never),
    /** As if the leases had lapsed and the back-off were over. */
    makeDue: () => pool.query('update facegate.media_case set due_at = now()'),
  };
}

export type CasesNode = Awaited<ReturnType<typeof openCasesNode>>;

/** A worker whose process dies at its n-th use of the store: nothing it does afterwards reaches it. */
export function dying({ parts }: CasesNode, at: number) {
  let used = 0;
  const mortal = <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, method]) => [
        name,
        async (...given: unknown[]) => {
          if (++used >= at) throw new Error('dead');
          return method(...given);
        },
      ]),
    ) as Port;
  const worker = { ...parts, cases: mortal(parts.cases), blobs: mortal(parts.blobs) };
  return {
    diesAt: async () => {
      return examineNext(worker, new AbortController().signal);
    },
    isDead: () => used >= at,
  };
}
