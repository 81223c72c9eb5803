import type { Wishes } from '../wire/detect-request.ts';
import type { AttributesRequest } from '../wire/quality-request.ts';
import { ATTRIBUTE_NAMES } from './attributes.ts';
import { CHARACTERISTIC_NAMES, type CharacteristicName, type Range } from './quality/characteristics.data.ts';

/** What a scenario fixes: a request that names it has no say in any of it. */
export type Scenario = Wishes;

/** By name. */
export type Scenarios = Readonly<Record<string, Scenario>>;

const GREY = [128, 128, 128];
const WHITE = [255, 255, 255];

/** In none of the three recorded scenarios, or in one of them only. */
const RARE: ReadonlySet<CharacteristicName> = new Set([
  'ArtFace',
  'BackgroundColorMatch',
  'ContactLenses',
  'MedicalMask',
  'PaddingRatio',
]);

const COMMON = CHARACTERISTIC_NAMES.filter((name) => !RARE.has(name));

type Ranges = Partial<Record<CharacteristicName, Range>>;

/** The vendor's order; `ranges` where they are not those of QualityICAO. */
const checks = (names: readonly CharacteristicName[], ranges: Ranges = {}) =>
  names.map((name) => {
    const range = ranges[name];
    return { name, ...(range && { range: [...range] }) };
  });

const PORTRAIT = { crop: { type: 0, padColor: GREY } };

const sized = (type: number, size: [width: number, height: number], padColor = GREY) => ({
  crop: { type, size, padColor },
});

export const EVERY_ATTRIBUTE: AttributesRequest = { config: ATTRIBUTE_NAMES.map((name) => ({ name })) };

/**
 * The vendor's named scenarios. Faces, crop types, the sizes, characteristics and ranges of ICAO, Schengen and USA are
 * from recorded answers and the vendor's documents; the size of a thumbnail, the padding colours and the ranges of
 * QualityFull beyond the first two are ours. `OldMode` is absent: it means the request's own top-level switches.
 */
export const SCENARIOS: Scenarios = {
  QualityFull: {
    onlyCentralFace: true,
    outputImageParams: PORTRAIT,
    quality: {
      backgroundMatchColor: WHITE,
      config: checks(CHARACTERISTIC_NAMES, { ImageWidth: [1200, 10_000], ImageHeight: [1600, 10_000] }),
    },
  },
  QualityICAO: {
    onlyCentralFace: true,
    outputImageParams: sized(0, [480, 640]),
    quality: { config: checks([...COMMON, 'ArtFace']) },
  },
  QualityVisaSchengen: {
    onlyCentralFace: true,
    outputImageParams: sized(4, [420, 540]),
    quality: { config: checks(COMMON, { ImageWidth: [420, 10_000], ImageHeight: [540, 10_000] }) },
  },
  QualityVisaUSA: {
    onlyCentralFace: true,
    outputImageParams: sized(3, [600, 600], WHITE),
    quality: {
      backgroundMatchColor: WHITE,
      config: checks([...COMMON, 'BackgroundColorMatch'], {
        ImageWidth: [600, 1200],
        ImageHeight: [600, 1200],
        ImageWidthToHeight: [1, 1],
      }),
    },
  },
  CropCentralFace: { onlyCentralFace: true, outputImageParams: PORTRAIT },
  CropAllFaces: { onlyCentralFace: false, outputImageParams: PORTRAIT },
  Thumbnail: { onlyCentralFace: true, outputImageParams: sized(0, [150, 200]) },
  AttributesAll: {
    onlyCentralFace: false,
    attributes: EVERY_ATTRIBUTE,
  },
};

/** Only the top-level switches of version 3 count. */
export const LEGACY_SCENARIO = 'OldMode';
