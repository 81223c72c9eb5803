import { randomBytes } from 'node:crypto';
import { errors } from '../../domain/errors.ts';
import type { DataKey, Keys } from '../../ports/keys.ts';
import { KEY_BYTES, type KeyRing, type MasterKey } from './key-ring.ts';
import { openWith, sealWith } from './seal.ts';
import { openContent, sealPieces } from './seal-pieces.ts';

/** A data key's seal begins with the id of its master key. */
const HEAD_BYTES = 8;
const NO_HEAD = new Uint8Array();

/**
 * The Keys port on AES-256-GCM.
 *
 * @param ring   asked at every use.
 * @param latest asked before sealing, and for a master key that `ring` lacks: a rotation takes effect at once.
 */
export function createKeys(ring: () => KeyRing, latest: () => KeyRing = ring): Keys {
  return {
    createDataKey: () => randomBytes(KEY_BYTES) as unknown as DataKey,
    sealDataKey: (key, context) => {
      const [current] = latest();
      return sealWith(current.bytes, key, { head: Buffer.from(current.id, 'hex'), context });
    },
    isSealedByCurrent: (sealed) => masterKeyIdOf(sealed) === latest()[0].id,
    openDataKey: (sealed, context) => {
      const id = masterKeyIdOf(sealed);
      const isMaster = (key: MasterKey) => key.id === id;
      const master = ring().find(isMaster) ?? latest().find(isMaster);
      if (master === undefined)
        throw errors.internal('a data key is sealed by a master key that is not here');
      return openWith(master.bytes, sealed, { headBytes: HEAD_BYTES, context }) as unknown as DataKey;
    },
    seal: (key, content, context) => sealWith(key, content, { head: NO_HEAD, context }),
    open: (key, sealed, context) => openWith(key, sealed, { headBytes: 0, context }),
    sealPieces,
    openContent,
  };
}

const masterKeyIdOf = (sealed: Uint8Array): string =>
  Buffer.from(sealed.subarray(0, HEAD_BYTES)).toString('hex');
