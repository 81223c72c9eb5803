import { createAuditLog } from './adapters/postgres/audit-log.ts';
import { systemClock } from './adapters/system/clock.ts';
import { randomIds } from './adapters/system/ids.ts';
import { newMasterKey } from './adapters/system/key-ring.ts';
import { createKeys } from './adapters/system/keys.ts';
import type { AuditEntry } from './domain/audit/audit.ts';
import { type AuditWatch, createAudit, type RunningAudit } from './domain/audit/create-audit.ts';
import { openTrail } from './domain/audit/open-trail.ts';
import { type TrailVerdict, verifyTrail } from './domain/audit/verify-trail.ts';
import { type AccountId, LOCAL_ACCOUNT } from './domain/enrolment/records.ts';
import type { AuditLine, AuditLog } from './ports/audit-log.ts';
import type { Clock } from './ports/clock.ts';
import { openStore } from './store-under-test.contract.ts';

export const entry = (rest: Partial<AuditEntry> = {}): AuditEntry => ({
  account: LOCAL_ACCOUNT,
  actor: 'open',
  action: 'face.search',
  subjects: [],
  outcome: 'candidates',
  details: { faces: 1 },
  ...rest,
});

export const another = 'another' as AccountId;

interface TrailUnderTestOptions {
  readonly waitingMax?: number;
  readonly clock?: Clock;
}

/** A new trail in the place of any that a store has, and as many nodes that write it as are asked for. */
export async function openTrailUnderTest(
  url: string,
  { waitingMax, clock = systemClock }: TrailUnderTestOptions = {},
) {
  const store = await openStore(url);
  await store.pool.query('truncate facegate.audit_line, facegate.audit_trail');
  const ring = [newMasterKey()] as const;
  const keys = createKeys(() => ring);
  const log = createAuditLog(store.pool);
  const chain = await openTrail({ log, keys, ids: randomIds });
  const told = {
    failures: [] as unknown[],
    lost: [] as number[],
    rolledBack: [] as number[][],
    anchors: [] as number[],
  };
  const watch: AuditWatch = {
    onFailure: (error) => void told.failures.push(error),
    onLost: (count) => void told.lost.push(count),
    onRolledBack: (...places) => void told.rolledBack.push(places),
    onAnchor: ({ number }) => void told.anchors.push(number),
  };
  const openNode = (nodesLog: AuditLog = log): RunningAudit =>
    createAudit({ log: nodesLog, chain, clock, watch, ...(waitingMax !== undefined && { waitingMax }) });
  return {
    ...store,
    keys,
    log,
    chain,
    told,
    openNode,
    verify: (...anchor: Parameters<typeof verifyTrail> extends [unknown, ...infer Rest] ? Rest : never) =>
      verifyTrail({ log, keys }, ...anchor),
    lines: () => log.inspect((view) => view.lines(Number.MIN_SAFE_INTEGER, 10_000)),
  };
}

/** Of a verdict, what a test compares. */
export const faultOf = (verdict: TrailVerdict) => {
  if (verdict.outcome === 'sound') return 'sound';
  return 'line' in verdict ? `${verdict.fault} ${verdict.line}` : verdict.fault;
};

export const actionsOf = (lines: readonly AuditLine[]): string[] => lines.map(({ action }) => action);
