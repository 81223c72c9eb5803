import { FaceSdk } from '@regulaforensics/facesdk-webclient';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupPicture } from './photographs.ts';
import { detect, match } from './regula-calls.ts';
import { type RunningServer, startServer } from './server-process.ts';

/** The vendor's samples take a pair for a match from here on. */
const SIMILARITY_OF_A_MATCH = 0.75;

let server: RunningServer;
beforeAll(async () => {
  // Every clone has it. With another pack other strangers may look alike: one comparison in a thousand is taken for a
  // match at this similarity, whatever the pack.
  server = await startServer({ FACEGATE_PACK: 'core' });
});
afterAll(async () => {
  await server.stop();
});

test('a person who is in both pictures is found, and nobody else is taken for them', async () => {
  const { status, body } = await match(server, groupPicture(1), groupPicture(3));
  expect([status, body.code]).toEqual([200, 0]);
  const [best, ...others] = [...(body.results ?? [])]
    .filter(({ firstIndex, secondIndex }) => firstIndex !== secondIndex)
    .sort((a, b) => b.similarity - a.similarity);
  expect(best?.similarity).toBeGreaterThanOrEqual(SIMILARITY_OF_A_MATCH);
  expect(others.length).toBeGreaterThanOrEqual(8);
  expect(Math.max(...others.map(({ similarity }) => similarity))).toBeLessThan(SIMILARITY_OF_A_MATCH);
  const faceOf = (imageIndex: number, faceIndex: number | undefined) =>
    body.detections?.find((detection) => detection.imageIndex === imageIndex)?.faces?.[faceIndex ?? -1]?.roi;
  // She is the rightmost of the first picture and the middle one of the second.
  expectCentreNear(faceOf(0, best?.firstFaceIndex), 1570, 331);
  expectCentreNear(faceOf(1, best?.secondFaceIndex), 1185, 372);
});

function expectCentreNear(roi: readonly number[] | undefined, x: number, y: number): void {
  const [left = Number.NaN, top = Number.NaN, width = Number.NaN, height = Number.NaN] = roi ?? [];
  expect(Math.abs(left + width / 2 - x)).toBeLessThan(80);
  expect(Math.abs(top + height / 2 - y)).toBeLessThan(80);
}

test('two pictures without a common person give no match in any pair', async () => {
  const { body } = await match(server, groupPicture(2), groupPicture(6));
  const across = (body.results ?? []).filter(({ firstIndex, secondIndex }) => firstIndex !== secondIndex);
  expect(across.length).toBeGreaterThanOrEqual(12);
  expect(across.filter(({ similarity }) => similarity >= SIMILARITY_OF_A_MATCH)).toEqual([]);
});

test('a picture compared with itself is as similar as can be', async () => {
  const { body } = await match(server, groupPicture(6), groupPicture(6));
  const same = body.results?.filter(
    (pair) => pair.firstIndex === 0 && pair.secondIndex === 1 && pair.firstFaceIndex === pair.secondFaceIndex,
  );
  expect(same).toHaveLength(4);
  for (const { similarity, score } of same ?? []) {
    expect(similarity).toBeGreaterThan(0.99);
    expect(score).toBeCloseTo(0, 3);
  }
});

test('every face of a group is found, with five landmarks inside or near its box', async () => {
  const { status, body } = await detect(server, groupPicture(6));
  expect([status, body.code]).toEqual([200, 0]);
  expect(body.results?.detections).toHaveLength(4);
  for (const { roi, landmarks } of body.results?.detections ?? []) {
    expect(landmarks).toHaveLength(5);
    const [left = 0, top = 0, width = 0, height = 0] = roi;
    for (const [x = -1, y = -1] of landmarks) {
      expect(x).toBeGreaterThan(left - width / 4);
      expect(x).toBeLessThan(left + 1.25 * width);
      expect(y).toBeGreaterThan(top - height / 4);
      expect(y).toBeLessThan(top + 1.25 * height);
    }
  }
});

describe('the public client of the vendor, unmodified', () => {
  // Its types ask for a method that only its own class has; the documented use is a plain object.
  const clientOf = (basePath: string) =>
    new FaceSdk({ basePath } as ConstructorParameters<typeof FaceSdk>[0]);
  const bufferOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

  test('matches', async () => {
    const sdk = clientOf(server.url);
    const answer = await sdk.matchingApi.match({
      tag: 'client',
      thumbnails: true,
      images: [
        { type: 3, data: bufferOf(groupPicture(6)), detectAll: false },
        { type: 2, data: bufferOf(groupPicture(6)), detectAll: false },
        { type: 3, data: bufferOf(groupPicture(2)), detectAll: false },
      ] as never,
    });
    expect(answer.code).toBe(0);
    const pairs = answer.results?.map(({ firstIndex, secondIndex }) => [firstIndex, secondIndex]);
    expect(pairs).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    const similarities = (answer.results ?? []).map(({ similarity }) => similarity ?? Number.NaN);
    expect(similarities[0]).toBeGreaterThan(0.99);
    expect(similarities[1]).toBeLessThan(SIMILARITY_OF_A_MATCH);
    expect(similarities[2]).toBe(similarities[1]);
  });

  test('detects, also through a base address that ends in a slash', async () => {
    const sdk = clientOf(`${server.url}/`);
    const answer = await sdk.matchingApi.detect({
      image: bufferOf(groupPicture(6)),
      processParam: { onlyCentralFace: false },
    } as never);
    expect(answer.code).toBe(0);
    expect(answer.results?.detections).toHaveLength(4);
  });

  test('asks whether the server is ready', async () => {
    const sdk = clientOf(server.url);
    await expect(sdk.diagnosticsApi.readiness()).resolves.toBeDefined();
  });
});
