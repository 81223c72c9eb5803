import type { CaseMedium, CaseName, NewCase, StoredCase } from '../../ports/case-records.ts';
import type { Content, Pieces } from '../../ports/content.ts';
import type { DataKey, Keys, SealContext } from '../../ports/keys.ts';
import { errors } from '../errors.ts';
import type { CaseDecision, ProofName } from './case.ts';
import { caseKeyContext } from './case-key.ts';
import type { CaseParts } from './parts.ts';

/** A medium of one name does not open as one of another. */
const mediumContext = ({ space, reference }: CaseName, name: ProofName): SealContext => ({
  account: space,
  id: `${reference}/${name}`,
  kind: 'case-medium',
});

const decisionContext = ({ space, reference }: CaseName): SealContext => ({
  account: space,
  id: reference,
  kind: 'case-decision',
});

/** @throws FaceError `internal` as `Keys.openDataKey`. */
export const openCaseKey = (keys: Keys, sealedCase: CaseName & Pick<NewCase, 'sealedDataKey'>): DataKey =>
  keys.openDataKey(sealedCase.sealedDataKey, caseKeyContext(sealedCase));

/** A case with its key open. */
export interface OpenCase {
  readonly name: CaseName;
  readonly dataKey: DataKey;
}

/** A picture of a case, open in memory. */
export interface OpenMedium {
  readonly name: ProofName;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What a medium is before it is sealed. */
export interface UnsealedMedium {
  readonly name: ProofName;
  readonly contentType: string;
  readonly content: Pieces;
}

/** Sealed piece by piece, so that neither memory nor the event loop is held for long. On disk when resolved. */
export async function sealMedium(
  { keys, blobs }: Pick<CaseParts, 'keys' | 'blobs'>,
  { name: of, dataKey }: OpenCase,
  { name, contentType, content }: UnsealedMedium,
): Promise<CaseMedium> {
  const blobId = await blobs.putPieces(keys.sealPieces(dataKey, content, mediumContext(of, name)));
  return { name, contentType, blobId };
}

/** The content of a medium, opened while it is read. @returns undefined when its blob is gone. */
export async function contentOf(
  { keys, blobs }: Pick<CaseParts, 'keys' | 'blobs'>,
  { name: of, dataKey }: OpenCase,
  { name, blobId }: CaseMedium,
): Promise<Content | undefined> {
  const sealed = await blobs.open(blobId);
  return sealed && keys.openContent(dataKey, sealed, mediumContext(of, name));
}

/** A picture of a case. @returns undefined when its blob is gone. */
export async function openMedium(
  parts: Pick<CaseParts, 'keys' | 'blobs'>,
  open: OpenCase,
  medium: CaseMedium,
): Promise<OpenMedium | undefined> {
  const content = await contentOf(parts, open, medium);
  if (content === undefined) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of content.read()) pieces.push(piece);
  return { name: medium.name, contentType: medium.contentType, bytes: Buffer.concat(pieces) };
}

export const sealDecision = (keys: Keys, { name, dataKey }: OpenCase, decision: CaseDecision): Uint8Array =>
  keys.seal(dataKey, Buffer.from(JSON.stringify(decision)), decisionContext(name));

/** @throws FaceError `internal` when the case has none. */
export function openDecision(keys: Keys, found: StoredCase): CaseDecision {
  if (found.sealedDecision === undefined) throw errors.internal('a completed case has no decision');
  const bytes = keys.open(openCaseKey(keys, found), found.sealedDecision, decisionContext(found));
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as CaseDecision;
}
