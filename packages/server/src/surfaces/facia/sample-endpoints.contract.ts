import { expect } from 'vitest';
import { GENUINE } from './cases-under-test.contract.ts';
import { livenessOf, openFacia } from './facia-app.contract.ts';

/** The operations that the vendor shows samples of. */
export type Endpoint = 'status' | 'delete' | 'liveness' | 'result';

export const ENDPOINTS: readonly Endpoint[] = ['status', 'delete', 'liveness', 'result'];

export type Fields = Readonly<Record<string, string | number>>;

/** A server on a port of this machine, with one decided transaction. */
export async function listening() {
  const { app, cases, create } = openFacia();
  const reference_id = await create();
  cases.decide(GENUINE, reference_id);
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), reference_id };
}

/** The vendor shows a client secret with the first two, a token with the others. */
export const credentialOf = (endpoint: Endpoint): [string, string] =>
  endpoint === 'status' || endpoint === 'delete'
    ? ['client-secret', 'acme-secret']
    : ['Authorization', 'Bearer acme-token'];

export async function fieldsOf(endpoint: Endpoint, reference_id: string): Promise<Fields> {
  if (endpoint === 'liveness')
    return { ...(await livenessOf()), file_type: 'image', client_reference: '123asd1123' };
  return endpoint === 'delete' ? { reference_id, comment: 'your_comment' } : { reference_id };
}

const MESSAGES = {
  status: 'Success',
  delete: 'Transaction has been deleted successfully!',
  liveness: 'Transaction Created',
  result: 'success',
} as const;

export const expectAnswer = (endpoint: Endpoint, text: string) =>
  expect(JSON.parse(text)).toMatchObject({ status: true, message: MESSAGES[endpoint] });

export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

export const encoded = (fields: Fields) =>
  `${new URLSearchParams(Object.entries(fields).map(([name, value]): [string, string] => [name, `${value}`]))}`;
