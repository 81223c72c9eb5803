import type { DataKey, Keys } from '../../ports/keys.ts';
import type { SealedTemplate } from '../../ports/template-opener.ts';

/** @throws FaceError `internal` when the reference does not open. */
export type OpenTemplate = (reference: SealedTemplate) => Float32Array;

/** References of one subject often come together: its key is opened once. */
export function createOpenTemplate(keys: Keys): OpenTemplate {
  let opened: { readonly subjectId: string; readonly dataKey: DataKey } | undefined;
  return ({ account, id, subjectId, sealedDataKey, sealedTemplate }) => {
    if (opened?.subjectId !== subjectId) {
      const context = { account, id: subjectId, kind: 'data-key' } as const;
      opened = { subjectId, dataKey: keys.openDataKey(sealedDataKey, context) };
    }
    return floatsOf(keys.open(opened.dataKey, sealedTemplate, { account, id, kind: 'template' }));
  };
}

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** A view where the bytes lie as floats may, else a copy. */
function floatsOf({ buffer, byteOffset, byteLength }: Uint8Array): Float32Array {
  if (byteOffset % FLOAT_BYTES === 0) return new Float32Array(buffer, byteOffset, byteLength / FLOAT_BYTES);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
