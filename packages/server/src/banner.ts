import { resolve } from 'node:path';
import type { PackSummary } from '@facegate/engine/vocabulary';
import { accessOf, type RegulaAccess } from './config/regula-access.ts';
import type { Config } from './config/schema.ts';
import { credentialLines } from './credential-words.ts';
import type { IssuedCredentials } from './domain/accounts/accounts.ts';
import { VERSION } from './version.ts';

export interface BannerFacts {
  readonly config: Config;
  readonly pack: PackSummary;
  /** Where the server answers, without a slash at the end. */
  readonly url: string;
  /** Of the account that was made at this start. */
  readonly credentials: IssuedCredentials | undefined;
}

/** What a person sees when the server is up. */
export function banner({ config, pack, url, credentials }: BannerFacts): string {
  const { regula, verihubs, facia } = config.surfaces;
  const lines = [
    `facegate ${VERSION} is ready`,
    '',
    `  address     ${url}`,
    `  model pack  ${pack.packId} (${pack.title})`,
    `  data        ${resolve(config.data)}`,
    ...(regula.enabled ? speaksRegula(config, `${url}${regula.prefix}/api`) : []),
    ...(verihubs.enabled ? [`  speaks      Verihubs face API at ${url}${verihubs.prefix}/v1/face`] : []),
    ...(facia.enabled ? [`  speaks      FACIA API at ${url}${facia.prefix}/liveness`] : []),
    ...(config.metrics ? [`  metrics     ${url}/metrics`] : []),
    '',
    ...(credentials === undefined ? [] : firstCredentials(credentials)),
    ...(regula.enabled ? firstRequest(`${url}${regula.prefix}/api`, accessOf(config)) : []),
    'Ctrl-C stops the server.',
  ];
  return `${lines.join('\n')}\n`;
}

/** A group picture that came with the packages. */
const PICTURE = 'node_modules/@vladmandic/face-api/demo/sample1.jpg';

const speaksRegula = (config: Config, api: string): string[] => [
  `  speaks      Regula Face SDK Web API 6.4 at ${api}`,
  accessOf(config) === 'open'
    ? '              open to everybody who reaches this address: no credentials are asked for'
    : '              for those who send "Authorization: Bearer" with an API key',
];

const firstCredentials = (credentials: IssuedCredentials): string[] => [
  `Credentials of the account "${credentials.account}", shown only this once:`,
  ...credentialLines(credentials),
  `Keep them safe. For new ones: npx facegate accounts rotate ${credentials.account}`,
  '',
];

/** Something to paste into a second terminal. */
const firstRequest = (api: string, access: RegulaAccess): string[] => [
  'Try, in a second terminal in the folder of the clone:',
  `  (printf '{"image":"'; base64 < ${PICTURE} | tr -d '\\n'; printf '"}') |`,
  `    curl -s -H 'content-type: application/json' ${access === 'key' ? KEY_HEADER : ''}--data-binary @- ${api}/detect`,
  `  npx facegate detect ${PICTURE} --all`,
  '',
];

const KEY_HEADER = "-H 'authorization: Bearer YOUR-API-KEY' ";
