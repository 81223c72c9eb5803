import { resolve } from 'node:path';
import type { PackSummary } from '@facegate/engine/vocabulary';
import type { Config } from './config/schema.ts';
import { VERSION } from './version.ts';

export interface BannerFacts {
  readonly config: Config;
  readonly pack: PackSummary;
  /** Where the server answers, without a slash at the end. */
  readonly url: string;
}

/** What a person sees when the server is up. */
export function banner({ config, pack, url }: BannerFacts): string {
  const { regula, verihubs } = config.surfaces;
  const lines = [
    `facegate ${VERSION} is ready`,
    '',
    `  address     ${url}`,
    `  model pack  ${pack.packId} (${pack.title})`,
    `  data        ${resolve(config.data)}`,
    ...(regula.enabled ? [`  speaks      Regula Face SDK Web API 6.4 at ${url}${regula.prefix}/api`] : []),
    ...(verihubs.enabled ? [`  speaks      Verihubs face API at ${url}${verihubs.prefix}/v1/face`] : []),
    ...(config.metrics ? [`  metrics     ${url}/metrics`] : []),
    '',
    ...(regula.enabled ? firstRequest(`${url}${regula.prefix}/api`) : []),
    'Ctrl-C stops the server.',
  ];
  return `${lines.join('\n')}\n`;
}

/** A group picture that came with the packages. */
const PICTURE = 'node_modules/@vladmandic/face-api/demo/sample1.jpg';

/** Something to paste into a second terminal. */
const firstRequest = (api: string): string[] => [
  'Try, in a second terminal in the folder of the clone:',
  `  (printf '{"image":"'; base64 < ${PICTURE} | tr -d '\\n'; printf '"}') |`,
  `    curl -s -H 'content-type: application/json' --data-binary @- ${api}/detect`,
  `  npx facegate detect ${PICTURE} --all`,
  '',
];
