import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** A browser asks again after ten minutes whether it may. */
const PREFLIGHT_SECONDS = 600;

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
    exposedHeaders: [REQUEST_ID_HEADER, 'Retry-After'],
    maxAge: PREFLIGHT_SECONDS,
    strictPreflight: false,
  });
}
