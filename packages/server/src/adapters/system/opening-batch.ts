import type { AccountId } from '../../domain/enrolment/records.ts';
import type { SealedTemplate } from '../../ports/template-opener.ts';

/** A batch as it is sent to the thread: in a few blocks, since thousands of small buffers are slow to send. */
export interface OpeningBatch {
  readonly accounts: readonly AccountId[];
  readonly ids: readonly string[];
  readonly subjectIds: readonly string[];
  readonly sealedDataKeys: Blocks<Uint8Array<ArrayBuffer>>;
  readonly sealedTemplates: Blocks<Uint8Array<ArrayBuffer>>;
}

/** What comes back: nothing between two ends where a template did not open. */
export type OpenedBatch = Blocks<Float32Array<ArrayBuffer>>;

/** Arrays one behind the other. */
interface Blocks<Items> {
  readonly items: Items;
  readonly ends: Uint32Array<ArrayBuffer>;
}

export const packBatch = (batch: readonly SealedTemplate[]): OpeningBatch => ({
  accounts: batch.map(({ account }) => account),
  ids: batch.map(({ id }) => id),
  subjectIds: batch.map(({ subjectId }) => subjectId),
  sealedDataKeys: joinBytes(batch.map(({ sealedDataKey }) => sealedDataKey)),
  sealedTemplates: joinBytes(batch.map(({ sealedTemplate }) => sealedTemplate)),
});

export function unpackBatch(batch: OpeningBatch): SealedTemplate[] {
  const { accounts, ids, subjectIds } = batch;
  const dataKeys = split(batch.sealedDataKeys);
  const templates = split(batch.sealedTemplates);
  return accounts.map((account, i) => ({
    account,
    id: ids[i] ?? '',
    subjectId: subjectIds[i] ?? '',
    sealedDataKey: dataKeys[i] ?? NOTHING,
    sealedTemplate: templates[i] ?? NOTHING,
  }));
}

const NOTHING = new Uint8Array();

export const packOpened = (opened: readonly (Float32Array | undefined)[]): OpenedBatch =>
  join(
    opened.map((values) => values ?? NO_VALUES),
    (length) => new Float32Array(length),
  );

const NO_VALUES = new Float32Array();

export const unpackOpened = (opened: OpenedBatch): (Float32Array | undefined)[] =>
  split(opened).map((values) => (values.length === 0 ? undefined : values));

const joinBytes = (parts: readonly Uint8Array[]) => join(parts, (length) => new Uint8Array(length));

function join<Items extends { set(part: ArrayLike<number>, at: number): void }>(
  parts: readonly ArrayLike<number>[],
  make: (length: number) => Items,
): Blocks<Items> {
  const ends = new Uint32Array(parts.length);
  let length = 0;
  for (let i = 0; i < parts.length; i++) {
    length += parts[i]?.length ?? 0;
    ends[i] = length;
  }
  const items = make(length);
  for (const [i, part] of parts.entries()) items.set(part, (ends[i] ?? 0) - part.length);
  return { items, ends };
}

const split = <Items extends { subarray(from: number, to: number): Items }>({ items, ends }: Blocks<Items>) =>
  Array.from(ends, (end, i) => items.subarray(i === 0 ? 0 : (ends[i - 1] ?? 0), end));
