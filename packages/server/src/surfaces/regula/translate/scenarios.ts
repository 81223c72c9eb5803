import type { OutputImageParams } from '../wire/output-image-params.ts';

/** What a scenario fixes. A request that names it has no say in these. */
export interface Scenario {
  readonly onlyCentralFace: boolean;
  readonly outputImageParams?: OutputImageParams;
}

const GREY = [128, 128, 128];
const WHITE = [255, 255, 255];

const PORTRAIT: OutputImageParams = { crop: { type: 0, padColor: GREY } };

/**
 * The vendor's named scenarios. Faces, crop types and the sizes of ICAO, Schengen and USA are from recorded answers and
 * the vendor's documents; the size of a thumbnail and the padding colours are ours. `OldMode` is absent: it means the
 * request's own top-level switches.
 */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  QualityFull: { onlyCentralFace: true, outputImageParams: PORTRAIT },
  QualityICAO: {
    onlyCentralFace: true,
    outputImageParams: { crop: { type: 0, size: [480, 640], padColor: GREY } },
  },
  QualityVisaSchengen: {
    onlyCentralFace: true,
    outputImageParams: { crop: { type: 4, size: [420, 540], padColor: GREY } },
  },
  QualityVisaUSA: {
    onlyCentralFace: true,
    outputImageParams: { crop: { type: 3, size: [600, 600], padColor: WHITE } },
  },
  CropCentralFace: { onlyCentralFace: true, outputImageParams: PORTRAIT },
  CropAllFaces: { onlyCentralFace: false, outputImageParams: PORTRAIT },
  Thumbnail: {
    onlyCentralFace: true,
    outputImageParams: { crop: { type: 0, size: [150, 200], padColor: GREY } },
  },
  AttributesAll: { onlyCentralFace: false },
};

/** Only the top-level switches of version 3 count. */
export const LEGACY_SCENARIO = 'OldMode';
