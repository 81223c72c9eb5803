import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineError } from '@facegate/engine/vocabulary';
import { clipOf, createFakeEngine, drawPicture } from '@facegate/testkit';
import { expect, it } from 'vitest';
import { faceProcessorContract } from '../../ports/face-processor.contract.ts';
import { createFaceProcessor } from './face-processor.ts';

const folder = mkdtempSync(join(tmpdir(), 'facegate-processor-'));
const written = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

faceProcessorContract('the engine adapter on drawn pictures', async () => {
  const onePerson = await drawPicture([{ identity: 1, x: 100, y: 60 }]);
  const clip = clipOf([onePerson, onePerson, onePerson]);
  return {
    processor: createFaceProcessor(createFakeEngine()),
    pictures: {
      onePerson,
      samePerson: await drawPicture([{ identity: 1, x: 20, y: 30, roll: 12 }]),
      otherPerson: await drawPicture([{ identity: 2, x: 100, y: 60 }]),
      group: await drawPicture([
        { identity: 3, x: 5, y: 5 },
        { identity: 4, x: 120, y: 70 },
      ]),
      nobody: await drawPicture([]),
      broken: onePerson.subarray(0, onePerson.length / 2),
      clip: written('clip.mp4', clip),
      noClip: written('none.mp4', Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), onePerson])),
      brokenClip: written('broken.mp4', clip.subarray(0, clip.length / 2)),
    },
  };
});

it('tells its listener the stages of each analysis, and nobody else', async () => {
  const heard: unknown[] = [];
  const processor = createFaceProcessor(createFakeEngine(), { onStages: (stages) => heard.push(stages) });
  await processor.process(await drawPicture([]), { faces: 'all' });
  expect(heard).toEqual([{ decode: 1, detect: 1 }]);
});

it.each([
  ['pack-mismatch', 'internal'],
  ['invalid-request', 'internal'],
  ['model-missing', 'model-missing'],
  ['overloaded', 'overloaded'],
] as const)("turns the engine's %s into the domain's %s and keeps the cause", async (engineCode, code) => {
  const cause = new EngineError(engineCode, 'of the engine');
  const processor = createFaceProcessor(createFakeEngine({ failWith: cause }));
  await expect(processor.process(new Uint8Array(1), { faces: 'all' })).rejects.toMatchObject({ code, cause });
});

it('takes an undocumented failure for a defect', async () => {
  const processor = createFaceProcessor(createFakeEngine({ failWith: new TypeError('x is not a function') }));
  await expect(processor.process(new Uint8Array(1), { faces: 'all' })).rejects.toMatchObject({
    code: 'internal',
    publicMessage: 'The server failed.',
  });
});
