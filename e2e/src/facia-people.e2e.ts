import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { clientSecretIn, faciaCalls } from './facia-calls.ts';
import { createDataFolder } from './own-data-folder.ts';
import { facePicture } from './photographs.ts';
import { startServer } from './server-process.ts';

test('a face that FACIA clients enrol is found, also after kill -9, and no more once it is deleted', async () => {
  const data = createDataFolder();
  onTestFinished(() => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  const first = await startServer({ FACEGATE_DATA: data });
  onTestFinished(() => first.stop().then(() => undefined));
  await expect.poll(first.said).toContain('client_secret');
  const secret = clientSecretIn(first.said());
  const file = Buffer.from(await facePicture()).toString('base64');
  const search = { type: 'face_search', file, wait_for_result: 1 };

  const { call } = faciaCalls(first, secret);
  const enrolled = await call('/enroll-face', { file_list: [file], client_reference: 'customer 7' });
  expect(enrolled).toMatchObject({ status: 200, data: { client_reference: 'customer 7' } });
  const reference_id: string = Object(enrolled?.data).reference_id;
  const found = { similarity_status: 1, matched_reference_id: reference_id };
  expect((await call('/face-search', search))?.data).toMatchObject(found);
  first.signal('SIGKILL');
  await first.ended;

  const second = await startServer({ FACEGATE_DATA: data });
  onTestFinished(() => second.stop().then(() => undefined));
  const again = faciaCalls(second, secret);
  expect((await again.call('/face-search', search))?.data).toMatchObject(found);
  const age = { type: 'age_estimation', file, enroll_face: false, wait_for_result: 1 };
  expect((await again.call('/age-estimation', age))?.data).toMatchObject({
    status: 1,
    estimated_age: expect.any(Number),
  });
  await again.call('/delete', { reference_id, comment: 'asked for' });
  expect((await again.call('/face-search', search))?.data).toMatchObject({
    status: 1,
    similarity_status: 0,
    matched_reference_id: null,
  });
});
