import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFakeEngine } from '@facegate/testkit';
import type pg from 'pg';
import { createFaceProcessor } from './adapters/engine/face-processor.ts';
import { createFileBlobs } from './adapters/filesystem/blobs.ts';
import { createMemoryGallery } from './adapters/memory-index/gallery.ts';
import { createChangeLog } from './adapters/postgres/change-log.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { MIGRATIONS } from './adapters/postgres/migrations/index.ts';
import { openPool } from './adapters/postgres/pool.ts';
import { createRecords } from './adapters/postgres/records.ts';
import { createWriteSignal } from './adapters/postgres/write-signal.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import { newMasterKey } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import { startOpeningThread } from './adapters/system/opening-thread.ts';
import type { Audit } from './domain/audit/audit.ts';
import { createEnrolment } from './domain/enrolment/create-enrolment.ts';
import { createExaminations } from './domain/examination/create-examinations.ts';
import { createFollower } from './domain/identification/follower.ts';
import { createIdentification } from './domain/identification/identify.ts';
import type { Limits } from './domain/limits/limits.ts';
import type { Clock } from './ports/clock.ts';
import type { FaceProcessor } from './ports/face-processor.ts';
import type { Keys } from './ports/keys.ts';
import { WITHOUT_STORE } from './without-store.contract.ts';

/** An empty database with our tables. */
export interface StoreUnderTest {
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** @param url of a database that nobody used yet. */
export async function openStore(url: string): Promise<StoreUnderTest> {
  const pool = await openPool(url, { connectionsMax: 16 });
  await migrate(pool, MIGRATIONS);
  return { pool, close: () => pool.end() };
}

const ring = [newMasterKey()] as const;

export interface NodeOptions {
  /** @default the fake engine, for drawn pictures */
  readonly processor?: FaceProcessor;
  readonly clock?: Clock;
  readonly keys?: Keys;
  /** @default no trail is kept */
  readonly audit?: Audit;
  /** @default attempts are not counted */
  readonly limits?: Pick<Limits, 'beginAttempt' | 'endAttempt'>;
}

const NO_LIMITS = { beginAttempt: async () => {}, endAttempt: async () => {} };

/** One facegate on a store: the use cases on real adapters, with the fake engine for drawn pictures. */
export async function openNode(
  { pool }: StoreUnderTest,
  {
    processor = createFaceProcessor(createFakeEngine()),
    clock = systemClock,
    keys = createKeys(() => ring),
    audit = WITHOUT_STORE.audit,
    limits = NO_LIMITS,
  }: NodeOptions = {},
) {
  const signal = createWriteSignal(pool);
  const records = createRecords(pool, { onCommit: signal.send });
  const changeLog = createChangeLog(pool, signal);
  const gallery = createMemoryGallery({ dimension: processor.pack.templateDimension, threads: 1 });
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const { packId } = processor.pack;
  const startOpener = () => startOpeningThread(ring);
  const follower = createFollower({ changeLog, keys, startOpener, gallery, clock, packId, onFailure });
  await follower.load(() => {});
  const blobs = createFileBlobs(await mkdtemp(join(tmpdir(), 'facegate-blobs-')));
  const { catchUp } = follower;
  const parts = { records, blobs, keys, processor, ids: randomIds, clock, catchUp, gallery, follower, audit };
  return {
    ...parts,
    changeLog,
    failures,
    enrolment: createEnrolment(parts),
    identification: createIdentification(parts),
    examinations: createExaminations({ ...parts, limits }),
    close: () => gallery.close(),
  };
}

export type NodeUnderTest = Awaited<ReturnType<typeof openNode>>;
