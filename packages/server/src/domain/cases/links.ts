import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CaseName } from '../../ports/case-records.ts';
import type { DataKey } from '../../ports/keys.ts';
import { errors } from '../errors.ts';
import type { ProofName } from './case.ts';
import { contentOf, openCaseKey } from './case-seals.ts';
import type { Cases, ProofLink, ProofMedia } from './cases.ts';
import { findStored } from './find-case.ts';
import type { CaseParts } from './parts.ts';

type LinkParts = Pick<CaseParts, 'cases' | 'keys' | 'blobs' | 'clock' | 'linkKey' | 'limits'>;

/** @throws FaceError `not-found` for a case of another space, or when it shows nothing of this name. */
export async function linkTo(parts: LinkParts, name: CaseName, proofName: ProofName): Promise<ProofLink> {
  const { proofs } = await findStored(parts, name);
  const proof = proofs.find((one) => one.name === proofName);
  if (proof === undefined) throw errors.notFound('picture');
  const seconds = Math.floor(parts.clock.now().getTime() / 1000) + parts.limits.linkSeconds;
  const signature = signatureOf(parts.linkKey, proof.id, String(seconds)).toString('hex');
  return { id: proof.id, expiresAt: new Date(seconds * 1000), signature };
}

type GivenLink = Parameters<Cases['openLink']>[0];

const ID = /^[0-9a-f]{24}$/;
const SECONDS = /^[1-9][0-9]{0,11}$/;
const SIGNATURE = /^[0-9a-f]{64}$/;

/** @returns as `Cases.openLink`. */
export async function openLink(parts: LinkParts, link: GivenLink): ReturnType<Cases['openLink']> {
  if (!isGenuine(parts.linkKey, link)) return undefined;
  if (parts.clock.now().getTime() >= Number(link.expires) * 1000) return undefined;
  const proof = await parts.cases.findProof(link.id);
  if (proof === undefined) return 'gone';
  const dataKey = openCaseKey(parts.keys, proof);
  const content = await contentOf(parts, { name: proof, dataKey }, proof);
  if (content === undefined) return 'gone';
  return { ...content, contentType: proof.contentType as ProofMedia['contentType'] };
}

/** The signature is compared in constant time. */
function isGenuine(key: DataKey, { id, expires, signature }: GivenLink): boolean {
  if (!(ID.test(id) && SECONDS.test(expires) && SIGNATURE.test(signature))) return false;
  return timingSafeEqual(Buffer.from(signature, 'hex'), signatureOf(key, id, expires));
}

/** HMAC-SHA-256. Both parts are of digits, so that no two links are signed alike. */
const signatureOf = (key: DataKey, id: string, expires: string): Buffer =>
  createHmac('sha256', key).update(`case-link ${id} ${expires}`).digest();
