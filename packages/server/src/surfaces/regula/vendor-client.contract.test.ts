import { drawPicture } from '@facegate/testkit';
import { FaceSdk, ImageSource } from '@regulaforensics/facesdk-webclient';
import { beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '../../app-under-test.contract.ts';

/** The vendor's public client, unmodified, called as in the vendor's own examples. */
describe('@regulaforensics/facesdk-webclient', () => {
  let sdk: FaceSdk;
  let face1: ArrayBuffer;
  let face2: ArrayBuffer;

  const draw = async (identity: number): Promise<ArrayBuffer> => {
    const png = await drawPicture([
      { identity, x: 110, y: 60 },
      { identity: 90, x: 5, y: 5, width: 40, height: 50 },
    ]);
    return Uint8Array.from(png).buffer;
  };

  beforeEach(async () => {
    const { app } = openApp();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    // A base with a slash at its end makes the client ask for //api/match.
    // The examples pass a plain object; the client's types ask for every method of its Configuration class.
    sdk = new FaceSdk({ basePath: `${url}/` } as ConstructorParameters<typeof FaceSdk>[0]);
    [face1, face2] = [await draw(1), await draw(2)];
  });

  it('matches three images of two types', async () => {
    const response = await sdk.matchingApi.match({
      thumbnails: true,
      images: [
        { type: ImageSource.LIVE, data: face1, index: 1 },
        { type: ImageSource.DOCUMENT_RFID, data: face1, index: 2 },
        { type: ImageSource.LIVE, data: face2, index: 3 },
      ],
    });
    expect(response.code).toBe(0);
    const pairs = response.results!.map((r) => [r.firstIndex, r.secondIndex, r.similarity! > 0.75]);
    expect(pairs).toEqual([
      [1, 2, true],
      [1, 3, false],
      [2, 3, false],
    ]);
    expect(response.detections!.every(({ faces }) => faces![0]!.thumbnail!.length > 0)).toBe(true);
  });

  it('detects all faces by the legacy switches of its example', async () => {
    // The example sends these; the client's types know only processParam.
    const request = { image: face1, onlyCentralFace: false, thumbnails: true, attributes: true };
    const { results } = await sdk.matchingApi.detect(request);
    expect(results!.detectorType).toEqual(expect.any(Number));
    expect(results!.landmarksType).toEqual(expect.any(Number));
    expect(results!.detections).toHaveLength(2);
    for (const { landmarks, roi, attributes } of results!.detections) {
      expect(landmarks).toHaveLength(5);
      expect(roi).toHaveLength(4);
      expect(attributes).toEqual({});
    }
  });

  it('reads the readiness of the server', async () => {
    const response = await sdk.diagnosticsApi.readiness();
    expect(response).toMatchObject({ ready: true });
  });
});
