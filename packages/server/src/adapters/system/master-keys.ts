import type { MasterKeys } from '../../ports/master-keys.ts';
import {
  type KeyRing,
  KeyRingError,
  type MasterKey,
  newMasterKey,
  readKeyRing,
  writeKeyRing,
} from './key-ring.ts';

/** Master keys in the file of a key ring. It is read at each call: another process may have written it meanwhile. */
export function createFileMasterKeys(file: string): MasterKeys {
  const ring = () => existingRing(file);
  return {
    introduce: async () => {
      const [current, ...earlier] = ring();
      if (earlier.length === 0) await writeKeyRing(file, [newMasterKey(), current]);
    },
    current: () => idOf(ring()[0]),
    earlier: () => ring().slice(1).map(idOf),
    drop: async (ids) => {
      const [current, ...earlier] = ring();
      const dropped = new Set(ids.map((id) => Buffer.from(id).toString('hex')));
      await writeKeyRing(file, [current, ...earlier.filter(({ id }) => !dropped.has(id))]);
    },
  };
}

/** Master keys that the operator keeps: the new one is there already, and the earlier one is theirs to drop. */
export function createGivenMasterKeys([current, ...earlier]: KeyRing): MasterKeys {
  return {
    introduce: async () => undefined,
    current: () => idOf(current),
    earlier: () => earlier.map(idOf),
    drop: async () => undefined,
  };
}

const idOf = ({ id }: MasterKey): Uint8Array => Buffer.from(id, 'hex');

/** @throws KeyRingError when there is none: nothing can have been sealed. */
export function existingRing(file: string): KeyRing {
  const ring = readKeyRing(file);
  if (ring !== undefined) return ring;
  throw new KeyRingError(
    `There is no master key in ${file}. Is FACEGATE_DATA the folder of the server, and was it ever started?`,
  );
}
