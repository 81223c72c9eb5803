import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { RATE_HEADERS } from './rate-limit.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** A browser asks again after ten minutes whether it may. */
const PREFLIGHT_SECONDS = 600;

/** What pages may read of answers, beside what browsers always let them read: all that says something to a caller. */
const EXPOSED_HEADERS = [REQUEST_ID_HEADER, ...RATE_HEADERS, 'WWW-Authenticate', 'Allow'] as const;

/**
 * Lets pages of these origins call the server from a browser (CORS). Without one no answer says so, and browsers keep
 * such pages out.
 *
 * @param origins  separated by commas; `*` for all; empty for none.
 */
export function allowOrigins(app: FastifyInstance, origins: string): void {
  if (origins === '') return;
  app.register(cors, {
    origin: origins === '*' ? '*' : origins.split(',').map((origin) => origin.trim()),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: [...EXPOSED_HEADERS],
    maxAge: PREFLIGHT_SECONDS,
    strictPreflight: false,
  });
}
