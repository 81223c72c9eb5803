import type { AnalysisRequest } from '@facegate/engine/vocabulary';
import { createFakeEngine, drawPicture } from '@facegate/testkit';
import { expect, it } from 'vitest';
import { createFaceProcessor } from '../../adapters/engine/face-processor.ts';
import type { FaceProcessor } from '../../ports/face-processor.ts';
import { assess } from './assess.ts';

/** A processor that keeps what it was asked. */
function recordingProcessor(): FaceProcessor & { readonly asked: AnalysisRequest[] } {
  const processor = createFaceProcessor(createFakeEngine());
  const asked: AnalysisRequest[] = [];
  const process: FaceProcessor['process'] = (bytes, request, signal) => {
    asked.push(request);
    return processor.process(bytes, request, signal);
  };
  return { ...processor, process, asked };
}

const picture = () => drawPicture([{ identity: 1, x: 100, y: 60 }]);

it('asks for faces and portraits alone when nothing else is wanted', async () => {
  const processor = recordingProcessor();
  await assess(processor, { image: picture, faces: 'central', portraits: [] });
  expect(processor.asked).toEqual([{ faces: 'central', portraits: [] }]);
});

it('hands over quality and attributes, and how long each took', async () => {
  const processor = recordingProcessor();
  const quality = { measures: ['blur', 'yaw'], of: 'picture' } as const;
  const attributes = ['age', 'smile'] as const;
  const found = await assess(processor, { image: picture, faces: 'all', portraits: [], quality, attributes });
  expect(processor.asked).toEqual([{ faces: 'all', portraits: [], quality, attributes }]);
  if (found.outcome !== 'acquired') throw new Error(found.reason);
  expect(Object.keys(found.faces[0]!.quality!)).toEqual(['blur', 'yaw']);
  expect(Object.keys(found.faces[0]!.attributes!)).toEqual(['age', 'smile']);
  expect(Object.keys(found.stageMs)).toEqual(expect.arrayContaining(['quality', 'attributes']));
});
