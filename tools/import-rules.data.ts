/**
 * One small crime per import rule: files that, side by side in an empty skeleton, break exactly what the rule
 * forbids. The rule must report a file of its own crime.
 */
const server = 'packages/server/src';

export const trespasses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-circular': {
    'packages/engine/src/round/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
    'packages/engine/src/round/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
  },
  'engine-is-pure': {
    'packages/engine/src/impure.ts': "import { get } from 'node:http';\nexport const fetchIt = get;\n",
  },
  'vocabulary-is-pure': {
    'packages/engine/src/vocabulary/heavy.ts':
      "import { model } from '../model.ts';\nexport const word = model;\n",
    'packages/engine/src/model.ts': 'export const model = 1;\n',
  },
  'one-door-to-the-engine': {
    [`${server}/back-door.ts`]:
      "import { inner } from '../../engine/src/inner.ts';\nexport const through = inner;\n",
    'packages/engine/src/inner.ts': 'export const inner = 1;\n',
  },
  'ports-are-types': {
    [`${server}/ports/records.ts`]:
      "import { port } from '../config/port.ts';\nexport const records = port;\n",
    [`${server}/config/port.ts`]: 'export const port = 1;\n',
  },
  'domain-knows-no-wire': {
    [`${server}/domain/verify.ts`]: "import { body } from '../http/body.ts';\nexport const verify = body;\n",
    [`${server}/http/body.ts`]: 'export const body = 1;\n',
  },
  'adapters-know-no-surface': {
    [`${server}/adapters/system/clock.ts`]:
      "import { route } from '../../surfaces/one/route.ts';\nexport const clock = route;\n",
    [`${server}/surfaces/one/route.ts`]: 'export const route = 1;\n',
  },
  'outbound-is-plumbing': {
    [`${server}/outbound/reach.ts`]:
      "import { port } from '../config/port.ts';\nexport const reach = port;\n",
  },
  'adapters-are-islands': {
    [`${server}/adapters/postgres/pool.ts`]:
      "import { disk } from '../filesystem/disk.ts';\nexport const pool = disk;\n",
    [`${server}/adapters/filesystem/disk.ts`]: 'export const disk = 1;\n',
  },
  'surfaces-are-islands': {
    [`${server}/surfaces/two/route.ts`]:
      "import { word } from '../three/word.ts';\nexport const route = word;\n",
    [`${server}/surfaces/three/word.ts`]: 'export const word = 1;\n',
  },
  'surfaces-use-the-domain': {
    [`${server}/surfaces/four/route.ts`]:
      "import { gallery } from '../../ports/gallery.ts';\nexport const route = gallery;\n",
    [`${server}/ports/gallery.ts`]: 'export const gallery = 1;\n',
  },
  'only-compose-builds-adapters': {
    [`${server}/app.ts`]: "import { store } from './adapters/store/store.ts';\nexport const app = store;\n",
    [`${server}/adapters/store/store.ts`]: 'export const store = 1;\n',
  },
  'tests-stay-out-of-production': {
    [`${server}/production.ts`]: "import { fake } from './fake.test.ts';\nexport const real = fake;\n",
    [`${server}/fake.test.ts`]: 'export const fake = 1;\n',
  },
  'client-is-standalone': {
    'packages/client/src/index.ts':
      "import { command } from '../../cli/src/command.ts';\nexport const client = command;\n",
    'packages/cli/src/command.ts': 'export const command = 1;\n',
  },
  'cli-starts-the-server': {
    'packages/cli/src/serve.ts':
      "import { main } from '../../server/src/main.ts';\nexport const serve = main;\n",
    [`${server}/main.ts`]: 'export const main = 1;\n',
  },
  'black-box-by-url-only': {
    'e2e/src/inside.e2e.ts': "import { route } from '../../packages/server/src/inside.ts';\nroute;\n",
    [`${server}/inside.ts`]: 'export const route = 1;\n',
  },
};
