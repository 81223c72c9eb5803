/**
 * What operators and their machines ask, in nobody's dialect.
 *
 * @module
 */
import type { Surface } from '../../http/surface.ts';

export interface MetricsSource {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/** `GET /metrics` in Prometheus' text format. */
export const createOpsSurface = (source: MetricsSource): Surface => ({
  name: 'ops',
  prefix: '',
  paths: [{ method: 'GET', path: '/metrics' }],
  register: (app) => {
    app.get('/metrics', async (_request, reply) =>
      reply.type(source.contentType).send(await source.metrics()),
    );
  },
  answerMissing: (missing, _request, reply) =>
    reply.send({ error: missing.status === 405 ? 'Wrong method.' : 'Nothing is here.' }),
});
