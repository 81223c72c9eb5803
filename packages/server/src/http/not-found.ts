import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MissingRoute, Surface } from './surface.ts';

/**
 * Answers what no route takes. Fastify has one such place per prefix and surfaces may share a prefix, so this asks
 * whose address it is: the surface that knows the path with another method, else the one that knows the nearest.
 */
export function createNotFoundHandler(surfaces: readonly Surface[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = tidyPath(request.url);
    const owner = surfaces.find((surface) => methodsAt(surface, path).length > 0);
    if (owner !== undefined) {
      const allowed = methodsAt(owner, path);
      return answer(owner, { status: 405, allowed }, { request, reply });
    }
    const neighbour = nearestOf(surfaces, path);
    if (neighbour !== undefined) {
      return answer(neighbour, { status: 404, allowed: [] }, { request, reply });
    }
    return reply.code(404).send({ error: 'There is nothing at this address.' });
  };
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function answer(surface: Surface, missing: MissingRoute, { request, reply }: Exchange): FastifyReply {
  reply.code(missing.status);
  if (missing.allowed.length > 0) reply.header('allow', missing.allowed.join(', '));
  return surface.answerMissing(missing, request, reply);
}

function methodsAt(surface: Surface, path: string): string[] {
  const here = surface.paths.filter((candidate) => fits(path, surface.prefix + candidate.path));
  return here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

/**
 * Whose words answer an address that nobody knows: of the surfaces whose prefix fits, the one that knows the path with
 * the most leading segments in common, the first of several. Who mistyped an address is a client of the vendor
 * whose addresses begin like it, and understands that vendor's errors alone.
 */
function nearestOf(surfaces: readonly Surface[], path: string): Surface | undefined {
  const around = surfaces.filter(({ prefix }) => path.startsWith(`${prefix}/`));
  const nearness = ({ prefix, paths }: Surface) =>
    Math.max(...paths.map((known) => sharedSegments(path, prefix + known.path)));
  return around.toSorted((a, b) => nearness(b) - nearness(a))[0];
}

function sharedSegments(path: string, pattern: string): number {
  const segments = path.split('/');
  const expected = pattern.split('/');
  const firstOther = expected.findIndex((part, i) => !takes(part, segments[i]));
  return firstOther < 0 ? expected.length : firstOther;
}

function fits(path: string, pattern: string): boolean {
  const { length } = path.split('/');
  return pattern.split('/').length === length && sharedSegments(path, pattern) === length;
}

const takes = (part: string, segment: string | undefined): boolean =>
  part === segment || (part.startsWith(':') && segment !== undefined && segment !== '');

/** The path as the router reads it: no query, single slashes, none at the end. */
export function tidyPath(url: string): string {
  const query = url.indexOf('?');
  const path = (query < 0 ? url : url.slice(0, query)).replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
