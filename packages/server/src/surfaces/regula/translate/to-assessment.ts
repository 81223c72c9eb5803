import type { AssessmentInput } from '../../../domain/assessment/assess.ts';
import { decodeBase64Image } from '../../../http/image-input.ts';
import type { DetectRequest, Wishes } from '../wire/detect-request.ts';
import { type AttributeName, attributesNamed, planAttributes } from './attributes.ts';
import { type PortraitPlan, planPortraits } from './portraits.ts';
import { planQuality, type QualityPlan } from './quality/plan-quality.ts';
import { EVERY_ATTRIBUTE, LEGACY_SCENARIO, SCENARIOS, type Scenarios } from './scenarios.ts';

export interface DetectPlan {
  readonly input: AssessmentInput;
  readonly portraits: PortraitPlan;
  /** Absent when not asked. */
  readonly quality?: QualityPlan;
  /** In the order of the answer; empty when not asked. */
  readonly attributes: readonly AttributeName[];
  /** As sent, known or not; empty when none was. */
  readonly scenario: string;
}

export interface DetectSettings {
  readonly imageBytesMax: number;
  /** Beside the vendor's. */
  readonly scenarios: Scenarios;
}

export function toAssessment(
  request: DetectRequest,
  { imageBytesMax, scenarios }: DetectSettings,
): DetectPlan {
  const scenario = request.processParam?.scenario ?? '';
  const known = scenarioNamed(scenario, SCENARIOS) ?? scenarioNamed(scenario, scenarios);
  const wishes = known ?? ownWishes(request);
  const portraits = planPortraits({
    outputImageParams: wishes.outputImageParams,
    thumbnails: known === undefined && Boolean(request.thumbnails),
  });
  const quality = planQuality(wishes.quality, portraits.crop === undefined ? 'picture' : 'portrait');
  const attributes = planAttributes(wishes.attributes);
  const told = new Set([...attributesNamed(attributes), ...(quality?.ofGlasses ? ['glasses' as const] : [])]);
  return {
    input: {
      image: () => decodeBase64Image(request.image ?? '', imageBytesMax),
      faces: wishes.onlyCentralFace ? 'central' : 'all',
      portraits: portraits.specs,
      ...(quality && { quality: quality.measurement }),
      ...(told.size > 0 && { attributes: [...told] }),
    },
    portraits,
    ...(quality && { quality }),
    attributes,
    scenario,
  };
}

const scenarioNamed = (name: string, scenarios: Scenarios): Wishes | undefined =>
  Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;

/**
 * Without a known scenario the request's own parameters count. The top-level switch defaults to the central face (the
 * vendor's 3.0 changelog), the one in `processParam` to all faces (its mobile SDKs' documentation).
 */
function ownWishes({ processParam, onlyCentralFace, attributes }: DetectRequest): Wishes {
  if (!processParam || processParam.scenario === LEGACY_SCENARIO) {
    return {
      onlyCentralFace: onlyCentralFace ?? true,
      ...(attributes === true && { attributes: EVERY_ATTRIBUTE }),
    };
  }
  return { ...processParam, onlyCentralFace: processParam.onlyCentralFace ?? onlyCentralFace ?? false };
}
