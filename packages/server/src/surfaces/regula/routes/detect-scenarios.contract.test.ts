import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPicture } from '@facegate/testkit';
import { describe, expect, it } from 'vitest';
import { openApp } from '../../../app-under-test.contract.ts';
import type { DetectAnswer } from '../wire/answers.ts';

/** In the shape of the vendor's `sdk.detect.scenarios`. */
const PASS_DESK = {
  scenario: 'PassDesk',
  onlyCentralFace: true,
  outputImageParams: { crop: { type: 3, size: [200, 200], padColor: [0, 0, 0] } },
  quality: {
    config: [
      { name: 'Roll', range: [-1, 1] },
      { name: 'ImageWidth', range: [200, 200] },
    ],
  },
  attributes: { config: [{ name: 'Mouth' }] },
};

const FACES_ONLY = { scenario: 'FacesOnly', onlyCentralFace: false };

async function detect(env: Readonly<Record<string, string>>, processParam: object): Promise<DetectAnswer> {
  const faces = [
    { identity: 1, x: 100, y: 60, width: 90 },
    { identity: 2, x: 5, y: 5, width: 40, height: 50 },
  ];
  const payload = { image: (await drawPicture(faces)).toString('base64'), processParam };
  const { app } = openApp({ env });
  return (await app.inject({ method: 'POST', url: '/api/detect', payload })).json();
}

const inline = { FACEGATE_REGULA_SCENARIOS: JSON.stringify([PASS_DESK, FACES_ONLY]) };

describe("the operator's scenario", () => {
  it('fixes faces, crop, quality and attributes, whatever else is asked', async () => {
    const { code, results } = await detect(inline, {
      scenario: 'PassDesk',
      onlyCentralFace: false,
      quality: { config: [{ name: 'Smile' }] },
    });
    expect(code).toBe(0);
    expect(results.scenario).toBe('PassDesk');
    expect(results.detections).toHaveLength(1);
    const [face] = results.detections;
    expect(face!.crop).toEqual(expect.any(String));
    expect(face!.quality.details).toMatchObject([
      { name: 'Roll', range: [-1, 1], status: 1 },
      { name: 'ImageWidth', value: 200, status: 1 },
    ]);
    expect(face!.attributes.details).toMatchObject([{ name: 'Mouth', value: 'closed' }]);
  });

  it('may be detection alone', async () => {
    const { results } = await detect(inline, { scenario: 'FacesOnly', attributes: PASS_DESK.attributes });
    expect(results.detections).toHaveLength(2);
    expect(results.detections[0]).toMatchObject({ quality: {}, attributes: {} });
  });

  it('comes from a file as well, beside those of the settings', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'facegate-scenarios-')), 'scenarios.json');
    writeFileSync(file, JSON.stringify([PASS_DESK]));
    const env = {
      FACEGATE_REGULA_SCENARIOS_FILE: file,
      FACEGATE_REGULA_SCENARIOS: JSON.stringify([FACES_ONLY]),
    };
    expect((await detect(env, { scenario: 'PassDesk' })).results.detections).toHaveLength(1);
    expect((await detect(env, { scenario: 'FacesOnly' })).results.detections).toHaveLength(2);
  });

  it("leaves the vendor's as they are", async () => {
    const { results } = await detect(inline, { scenario: 'QualityICAO' });
    expect(results.detections[0]!.quality.details).toHaveLength(44);
  });
});
