/**
 * `@vladmandic/human` as a contestant: WebAssembly with SIMD, detector, mesh and description only.
 *
 * @module
 */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import { answerLaps } from '../contestant.ts';
import { costOf } from '../cost.ts';

const require = createRequire(import.meta.url);

/** The few members we call: the package's types describe its browser build. */
interface HumanLibrary {
  Human: new (
    configuration: object,
  ) => {
    readonly tf: {
      env(): { set(flag: string, value: boolean): void };
      tensor4d(values: Uint8Array, shape: readonly number[], type: 'int32'): unknown;
      dispose(tensor: unknown): void;
    };
    load(): Promise<void>;
    detect(input: unknown): Promise<{ face: readonly { embedding?: readonly number[] }[] }>;
  };
}

const packageFolder = dirname(dirname(require.resolve('@vladmandic/human')));
const wasmFolder = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');
const { Human } = require(join(packageFolder, 'dist', 'human.node-wasm.js')) as HumanLibrary;
const off = { enabled: false };

const human = new Human({
  backend: 'wasm',
  wasmPath: `${wasmFolder}/`,
  modelBasePath: await serveModels(join(packageFolder, 'models')),
  debug: false,
  async: false,
  cacheSensitivity: 0,
  warmup: 'none',
  filter: off,
  gesture: off,
  face: {
    enabled: true,
    detector: { rotation: true, maxDetected: 1, skipFrames: 0, skipTime: 0 },
    mesh: { enabled: true },
    description: { enabled: true, skipFrames: 0, skipTime: 0 },
    iris: off,
    attention: off,
    emotion: off,
    antispoof: off,
    liveness: off,
  },
  body: off,
  hand: off,
  object: off,
  segmentation: off,
});
await human.load();

answerLaps(async (jpeg) => {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const tensor = human.tf.tensor4d(data, [1, info.height, info.width, 3], 'int32');
  const { answer, cpuMs, wallMs } = await costOf(() => human.detect(tensor));
  human.tf.dispose(tensor);
  const faces = answer.face.filter((face) => (face.embedding?.length ?? 0) > 0).length;
  return { faces, cpuMs, wallMs, pixelsToTemplateMs: wallMs };
});

/** Their wasm build fetches its models and Node's fetch reads no files: a loopback server stands between. */
async function serveModels(folder: string): Promise<string> {
  const server = createServer((request, answer) => {
    const file = createReadStream(join(folder, basename(request.url ?? '')));
    file.once('error', () => answer.writeHead(404).end());
    file.pipe(answer);
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
