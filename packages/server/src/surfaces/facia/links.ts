import type { FastifyRequest } from 'fastify';
import type { Case, ProofName } from '../../domain/cases/case.ts';
import type { ProofLink } from '../../domain/cases/cases.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { FaciaContext } from './context.ts';
import { tokenOf } from './wire/proof-token.ts';

/** Makes links to what can be shown of one case. */
export interface Links {
  /** `…/get-proof/<token>`, fresh; null when the case has none of these. @param names  the first that it has. */
  proof(...names: readonly ProofName[]): Promise<string | null>;
  /** `…/api/image-url/<id>?expires=…&signature=…`, likewise. */
  image(...names: readonly ProofName[]): Promise<string | null>;
}

interface Asked {
  readonly request: FastifyRequest;
  readonly space: AccountId;
  readonly shown: Pick<Case, 'reference' | 'proofs'>;
}

/** Each link may throw FaceError `not-found` when the case is erased at this moment, `unavailable`. */
export function linksFor(
  { service: { cases }, options: { publicUrl, prefix } }: FaciaContext,
  { request, space, shown: { reference, proofs } }: Asked,
): Links {
  const base = `${publicUrl ?? `${request.protocol}://${request.host}`}${prefix}`;
  const linked = async (names: readonly ProofName[], pathOf: (link: ProofLink) => string) => {
    const name = names.find((candidate) => proofs.includes(candidate));
    return name === undefined ? null : base + pathOf(await cases.linkTo(space, reference, name));
  };
  return {
    proof: (...names) => linked(names, (link) => `/get-proof/${tokenOf(link)}`),
    image: (...names) => linked(names, imagePath),
  };
}

const imagePath = ({ id, expiresAt, signature }: ProofLink): string =>
  `/api/image-url/${id}?expires=${Math.floor(expiresAt.getTime() / 1000)}&signature=${signature}`;
