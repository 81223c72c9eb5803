import { templateOpenerContract } from '../../ports/template-opener.contract.ts';
import { type KeyRing, newMasterKey } from './key-ring.ts';
import { createKeys } from './keys.ts';
import { startOpeningThread } from './opening-thread.ts';

const ring: KeyRing = [newMasterKey(), newMasterKey()];

templateOpenerContract(
  'a thread',
  createKeys(() => ring),
  () => startOpeningThread(ring),
);
