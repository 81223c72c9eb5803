import type { FastifyRequest } from 'fastify';
import type { SurfacePath } from '../../http/surface.ts';
import type { Requirement } from './access.ts';

interface RegulaPath extends SurfacePath {
  readonly asks: Requirement;
}

/** Every operation, and what it asks of its caller. */
export const REGULA_PATHS: readonly RegulaPath[] = [
  { method: 'POST', path: '/api/match', asks: 'verify' },
  { method: 'POST', path: '/api/detect', asks: 'verify' },
  { method: 'POST', path: '/api/match_and_search', asks: 'search' },
  { method: 'POST', path: '/api/search', asks: 'search' },
  { method: 'GET', path: '/api/healthz', asks: 'none' },
  { method: 'GET', path: '/api/readyz', asks: 'none' },
  { method: 'GET', path: '/api/readiness', asks: 'none' },
  { method: 'GET', path: '/api/ping', asks: 'none' },
  { method: 'POST', path: '/api/persons', asks: 'enrol' },
  { method: 'GET', path: '/api/persons/:personId', asks: 'read' },
  { method: 'PUT', path: '/api/persons/:personId', asks: 'enrol' },
  { method: 'DELETE', path: '/api/persons/:personId', asks: 'enrol' },
  { method: 'GET', path: '/api/persons/:personId/groups', asks: 'read' },
  { method: 'GET', path: '/api/persons/:personId/images', asks: 'read' },
  { method: 'POST', path: '/api/persons/:personId/images', asks: 'enrol' },
  { method: 'GET', path: '/api/persons/:personId/images/:imageId', asks: 'read' },
  { method: 'DELETE', path: '/api/persons/:personId/images/:imageId', asks: 'enrol' },
  { method: 'GET', path: '/api/groups', asks: 'read' },
  { method: 'POST', path: '/api/groups', asks: 'enrol' },
  { method: 'GET', path: '/api/groups/:groupId', asks: 'read' },
  { method: 'PUT', path: '/api/groups/:groupId', asks: 'enrol' },
  { method: 'DELETE', path: '/api/groups/:groupId', asks: 'enrol' },
  { method: 'GET', path: '/api/groups/:groupId/persons', asks: 'read' },
  { method: 'PUT', path: '/api/groups/:groupId/persons', asks: 'enrol' },
];

/** By the route that the router found, not by the address as it was written. @param prefix  of the surface. */
export function requirementsUnder(prefix: string): (request: FastifyRequest) => Requirement | undefined {
  const requirements = new Map(
    REGULA_PATHS.map(({ method, path, asks }) => [`${method} ${prefix}${path}`, asks]),
  );
  return ({ method, routeOptions }) =>
    requirements.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url ?? ''}`);
}
