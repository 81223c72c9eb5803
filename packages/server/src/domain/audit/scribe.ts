import { FaceError } from '../errors.ts';
import type { Audit, AuditEntry } from './audit.ts';
import type { Caller } from './callers.ts';

/** What was done, before it is known on whose behalf. */
export type Deed = Pick<AuditEntry, 'action' | 'outcome'> &
  Partial<Pick<AuditEntry, 'account' | 'subjects' | 'details'>>;

/** Writes down what is done on somebody's behalf. */
export interface Scribe {
  note(deed: Deed): void;
  /** On disk when resolved. */
  record(deed: Deed): Promise<void>;
  /** Does `work`; where it fails and may have been done all the same, `failed` is noted. */
  attempting<T>(work: () => Promise<T>, failed: Deed): Promise<T>;
  /** The same, and records it before its result is told. */
  doing<T>(work: () => Promise<T>, tell: (result: T) => Deed, failed: Deed): Promise<T>;
}

/** @param caller asked at each deed. */
export function createScribe(audit: Audit, caller: () => Readonly<Caller>): Scribe {
  const entryOf = (deed: Deed): AuditEntry => {
    const { account, actor, requestId } = caller();
    return {
      account,
      actor,
      subjects: [],
      details: {},
      ...deed,
      ...(requestId !== undefined && { requestId }),
    };
  };
  const attempting: Scribe['attempting'] = async (work, failed) => {
    try {
      return await work();
    } catch (error) {
      if (mayHaveBeenDone(error)) audit.note(entryOf(failed));
      throw error;
    }
  };
  return {
    note: (deed) => audit.note(entryOf(deed)),
    record: (deed) => audit.record(entryOf(deed)),
    attempting,
    doing: async (work, tell, failed) => {
      const result = await attempting(work, failed);
      await audit.record(entryOf(tell(result)));
      return result;
    },
  };
}

/** A caller's own mistake is found before anything is changed; a store that fell silent may have committed. */
const mayHaveBeenDone = (error: unknown): boolean =>
  !(error instanceof FaceError) || error.kind === 'bug' || error.kind === 'availability';
