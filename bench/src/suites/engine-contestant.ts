/**
 * Our engine as a contestant, on one thread.
 *
 * @module
 */
import { createEngine } from '@facegate/engine';
import { answerLaps } from '../contestant.ts';
import { costOf } from '../cost.ts';

const packFolder = process.argv[2];
if (!packFolder) throw new Error('The folder of a pack is missing.');
const engine = await createEngine({ packFolder, workers: 1 });

answerLaps(async (jpeg) => {
  const { answer, cpuMs, wallMs } = await costOf(() =>
    engine.analyse(jpeg, { faces: 'central', template: true }),
  );
  const { detect = 0, landmarks = 0, template = 0 } = answer.stageMs;
  return { faces: answer.faces.length, cpuMs, wallMs, pixelsToTemplateMs: detect + landmarks + template };
});
