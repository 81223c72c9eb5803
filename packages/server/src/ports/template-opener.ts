import type { SealedReference } from './change-log.ts';

/** What opening a reference takes. */
export type SealedTemplate = Pick<
  SealedReference,
  'account' | 'id' | 'subjectId' | 'sealedDataKey' | 'sealedTemplate'
>;

/** Opens the templates of whole batches of references, for a start that has hundreds of thousands to open. */
export interface TemplateOpener {
  /**
   * @returns each reference's values in the order given; undefined for one that does not open: `Keys` knows why.
   * @throws FaceError `internal` when opening itself fails.
   */
  open(batch: readonly SealedTemplate[]): Promise<readonly (Float32Array | undefined)[]>;
  close(): Promise<void>;
}
