import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeEngine, type FakeEngineOptions } from '@facegate/testkit';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import { createFileBlobs } from './adapters/filesystem/blobs.ts';
import { createFileScratch } from './adapters/filesystem/scratch.ts';
import { createCaseRecords } from './adapters/postgres/case-records.ts';
import { createRecords } from './adapters/postgres/records.ts';
import { systemClock } from './adapters/system/clock.ts';
import { newMasterKey } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import type { AuditEntry } from './domain/audit/audit.ts';
import { createBell } from './domain/cases/bell.ts';
import { type CaseRunnerParts, examineNext } from './domain/cases/case-runner.ts';
import { createCases } from './domain/cases/create-cases.ts';
import { LEASE_MS } from './domain/cases/policy.ts';
import { createRunningCases } from './domain/cases/running-cases.ts';
import type { Clock } from './ports/clock.ts';
import type { FaceProcessor } from './ports/face-processor.ts';
import type { StoreUnderTest } from './store-under-test.contract.ts';

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
export async function openCasesNode({ pool }: StoreUnderTest, options: CasesNodeOptions = {}) {
  const { clock = systemClock, folder = await newDataFolder(), leaseMs = LEASE_MS, ...traits } = options;
  const processor = options.processor ?? createFaceProcessor(createFakeEngine(traits));
  const written: AuditEntry[] = [];
  const failures: unknown[] = [];
  const parts: CaseRunnerParts = {
    cases: createCaseRecords(pool),
    records: createRecords(pool),
    blobs: createFileBlobs(join(folder, 'blobs')),
    scratch: createFileScratch(join(folder, 'scratch')),
    keys,
    processor,
    clock,
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
