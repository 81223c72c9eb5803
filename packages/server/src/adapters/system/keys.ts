import { randomBytes } from 'node:crypto';
import { errors } from '../../domain/errors.ts';
import type { DataKey, Keys } from '../../ports/keys.ts';
import { KEY_BYTES, type KeyRing } from './key-ring.ts';
import { openWith, sealWith } from './seal.ts';

/** A data key's seal begins with the id of its master key. */
const HEAD_BYTES = 8;
const NO_HEAD = new Uint8Array();

/**
 * The Keys port on AES-256-GCM.
 *
 * @param ring asked at every use, so that a rotation takes effect while the server runs.
 */
export function createKeys(ring: () => KeyRing): Keys {
  return {
    createDataKey: () => randomBytes(KEY_BYTES) as unknown as DataKey,
    sealDataKey: (key, context) => {
      const [current] = ring();
      return sealWith(current.bytes, key, { head: Buffer.from(current.id, 'hex'), context });
    },
    openDataKey: (sealed, context) => {
      const id = Buffer.from(sealed.subarray(0, HEAD_BYTES)).toString('hex');
      const master = ring().find((key) => key.id === id);
      if (master === undefined)
        throw errors.internal('a data key is sealed by a master key that is not here');
      return openWith(master.bytes, sealed, { headBytes: HEAD_BYTES, context }) as unknown as DataKey;
    },
    seal: (key, content, context) => sealWith(key, content, { head: NO_HEAD, context }),
    open: (key, sealed, context) => openWith(key, sealed, { headBytes: 0, context }),
  };
}
