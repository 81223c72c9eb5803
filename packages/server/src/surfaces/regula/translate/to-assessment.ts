import type { AssessmentInput } from '../../../domain/assessment/assess.ts';
import { decodeBase64Image } from '../../../http/image-input.ts';
import type { DetectRequest } from '../wire/detect-request.ts';
import { type PortraitPlan, planPortraits } from './portraits.ts';
import { LEGACY_SCENARIO, SCENARIOS, type Scenario } from './scenarios.ts';

export interface DetectPlan {
  readonly input: AssessmentInput;
  readonly portraits: PortraitPlan;
  /** As sent, known or not; empty when none was. */
  readonly scenario: string;
}

export interface DetectLimits {
  readonly imageBytesMax: number;
}

export function toAssessment(request: DetectRequest, { imageBytesMax }: DetectLimits): DetectPlan {
  const scenario = request.processParam?.scenario ?? '';
  const known = Object.hasOwn(SCENARIOS, scenario) ? SCENARIOS[scenario] : undefined;
  const wishes: Scenario = known ?? ownWishes(request);
  const portraits = planPortraits({
    outputImageParams: wishes.outputImageParams,
    thumbnails: known === undefined && Boolean(request.thumbnails),
  });
  return {
    input: {
      image: () => decodeBase64Image(request.image ?? '', imageBytesMax),
      faces: wishes.onlyCentralFace ? 'central' : 'all',
      portraits: portraits.specs,
    },
    portraits,
    scenario,
  };
}

/**
 * Without a known scenario the request's own parameters count. The top-level switch defaults to the central face (the
 * vendor's 3.0 changelog), the one in `processParam` to all faces (its mobile SDKs' documentation).
 */
function ownWishes({ processParam, onlyCentralFace }: DetectRequest): Scenario {
  if (!processParam || processParam.scenario === LEGACY_SCENARIO) {
    return { onlyCentralFace: onlyCentralFace ?? true };
  }
  return {
    onlyCentralFace: processParam.onlyCentralFace ?? onlyCentralFace ?? false,
    outputImageParams: processParam.outputImageParams ?? {},
  };
}
