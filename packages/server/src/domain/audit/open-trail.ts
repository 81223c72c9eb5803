import type { AuditLog, Trail } from '../../ports/audit-log.ts';
import type { Ids } from '../../ports/ids.ts';
import type { DataKey, Keys, SealContext } from '../../ports/keys.ts';
import { ALL_ACCOUNTS } from './audit.ts';
import { type Chain, createChain, NO_HASH } from './chain.ts';

export interface TrailParts {
  readonly log: AuditLog;
  readonly keys: Keys;
}

/**
 * The chain of the store's trail, which is begun where there is none.
 *
 * @param onBegun told when it was begun now: after the first start with this store, somebody has removed the other one.
 * @throws FaceError `internal` when the trail's key does not open with the master key, `unavailable`.
 */
export async function openTrail(
  { log, keys, ids }: TrailParts & { readonly ids: Ids },
  onBegun: () => void = () => {},
): Promise<Chain> {
  const existing = await log.trail();
  if (existing !== undefined) return chainOf(keys, existing);
  const fresh = newTrail(keys, ids.nextOrdered());
  const kept = await log.begin(fresh);
  if (kept.id === fresh.id) onBegun();
  return chainOf(keys, kept);
}

/** @throws FaceError `internal` */
export const chainOf = (keys: Keys, trail: Pick<Trail, 'id' | 'sealedKey'>): Chain =>
  createChain(keys.openDataKey(trail.sealedKey, contextOf(trail)));

function newTrail(keys: Keys, id: string): Trail {
  const key: DataKey = keys.createDataKey();
  const chain = createChain(key);
  const start = { number: 0, hash: NO_HASH };
  return {
    id,
    sealedKey: keys.sealDataKey(key, contextOf({ id })),
    head: chain.mark('head', start),
    cut: chain.mark('cut', start),
  };
}

/** Seals the trail's key by the current master key. @returns whether anything was to be done. @throws FaceError */
export async function resealTrailKey({ log, keys }: TrailParts): Promise<boolean> {
  const trail = await log.trail();
  if (trail === undefined || keys.isSealedByCurrent(trail.sealedKey)) return false;
  const context = contextOf(trail);
  const sealed = keys.sealDataKey(keys.openDataKey(trail.sealedKey, context), context);
  return log.replaceSealedKey(trail.sealedKey, sealed);
}

const contextOf = ({ id }: Pick<Trail, 'id'>): SealContext => ({
  account: ALL_ACCOUNTS,
  id,
  kind: 'audit-key',
});
