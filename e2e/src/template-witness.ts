import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ENGINE = new URL('../../packages/engine/dist/index.js', import.meta.url).href;

/** In a process of its own: what the server makes of a picture is not to be had from the server. */
const PROGRAM = `
  const [engineUrl, packs, picture] = process.argv.slice(1);
  const { createEngine, selectPack } = await import(engineUrl);
  const { folder } = await selectPack(packs);
  const engine = await createEngine({ packFolder: folder, workers: 1 });
  const bytes = Buffer.from(picture, 'base64');
  const { faces } = await engine.analyse(bytes, { faces: 'central', template: true, portraits: [] });
  process.stdout.write(JSON.stringify(Array.from(faces[0].template.values)));
  await engine.close();
`;

/** The template of a picture's central face, by the best pack of a data folder. */
export async function templateOf(dataFolder: string, picture: Uint8Array): Promise<number[]> {
  const args = [ENGINE, join(dataFolder, 'packs'), Buffer.from(picture).toString('base64')];
  const program = ['--input-type=module', '-e', PROGRAM, '--', ...args];
  const { stdout } = await promisify(execFile)(process.execPath, program, { encoding: 'utf8' });
  return JSON.parse(stdout);
}
