import { describe, expect, it } from 'vitest';
import type { DetectRequest } from '../wire/detect-request.ts';
import { toAssessment } from './to-assessment.ts';

const inputOf = (request: DetectRequest) =>
  toAssessment(request, { imageBytesMax: 1024, scenarios: {} }).input;

describe('what detect asks of the engine', () => {
  it('is no quality and no attributes unless they are asked', () => {
    const input = inputOf({ processParam: {} });
    expect(input).not.toHaveProperty('quality');
    expect(input).not.toHaveProperty('attributes');
  });

  it('is each measure once, of the picture without a crop', () => {
    const config = ['ImageWidth', 'ImageWidthToHeight', 'ImageHeight', 'ImageWidth'].map((name) => ({
      name,
    }));
    expect(inputOf({ processParam: { quality: { config } } }).quality).toEqual({
      measures: ['raster-width', 'raster-height'],
      of: 'picture',
    });
  });

  it('is the measures of the crop, with the colour to match', () => {
    const config = [{ name: 'BackgroundColorMatch' }];
    const quality = { config, backgroundMatchColor: [10, 20, 30] };
    const input = inputOf({ processParam: { quality, outputImageParams: { crop: {} } } });
    expect(input.quality).toEqual({
      measures: ['background-match'],
      of: 'portrait',
      backgroundColour: [10, 20, 30],
    });
  });

  it('measures the picture where only a thumbnail is cut', () => {
    const processParam = { quality: { config: [{ name: 'Yaw' }] } };
    expect(inputOf({ processParam, thumbnails: true }).quality?.of).toBe('picture');
  });

  it('is whether glasses are worn where a characteristic rests on it, and only there', () => {
    const asking = (name: string) =>
      inputOf({ processParam: { quality: { config: [{ name }] } } }).attributes;
    expect(asking('ReflectionOnGlasses')).toEqual(['glasses']);
    expect(asking('DarkGlasses')).toBeUndefined();
  });

  it('puts the background colour into the crop, not into the thumbnail', () => {
    const outputImageParams = { backgroundColor: [1, 2, 3], crop: { type: 3 } };
    const { portraits } = inputOf({ processParam: { outputImageParams }, thumbnails: true });
    expect(portraits.map(({ backgroundColour }) => backgroundColour)).toEqual([[1, 2, 3], undefined]);
  });

  it.each(['CropCentralFace', 'CropAllFaces', 'Thumbnail'])('%s is a crop and nothing else', (scenario) => {
    const input = inputOf({ processParam: { scenario } });
    expect(input.portraits).toHaveLength(1);
    expect(input).not.toHaveProperty('quality');
    expect(input).not.toHaveProperty('attributes');
  });

  it("takes a scenario's name for no property of objects", () => {
    expect(inputOf({ processParam: { scenario: 'toString' } }).faces).toBe('all');
  });
});
