import type { AnalysedFace } from '@facegate/engine/vocabulary';
import { captureDefects } from '../quality/capture-defects.ts';
import { type CaseDecision, DECLINE_CAUSES, type DeclineCause } from './case.ts';
import type { Look, Seen } from './look.ts';
import { BRIGHTNESS_MAX, type CasePolicy, FRAME_SHARE_MAX } from './policy.ts';

type InjectionDecision = Extract<CaseDecision, { kind: 'injection' }>;

/** Accepts what shows a face against which nothing was found. */
export function judgeInjection(look: Look, policy: CasePolicy): InjectionDecision {
  const causes = causesOf(look, policy);
  const injection = look === 'unreadable' ? undefined : look.injection;
  const isAccepted = causes.length === 0;
  const carried = isAccepted ? 'genuine' : 'manipulated';
  return {
    kind: 'injection',
    isAccepted,
    causes,
    ...(injection && { manipulationProbability: injection.manipulationProbability }),
    // Every other cause is a finding of its own.
    isDetermined: causes.some((cause) => cause !== 'manipulated') || injection?.outcome === carried,
  };
}

function causesOf(look: Look, policy: CasePolicy): DeclineCause[] {
  if (look === 'unreadable') return ['unreadable'];
  if (look.faces.length === 0) return ['no-face'];
  return DECLINE_CAUSES.filter((cause) => HOLDS[cause]?.(look, policy));
}

/** Causes that are told of a face, each by whether it holds. What was not measured holds nothing against anybody. */
const HOLDS: { readonly [Cause in DeclineCause]?: (seen: Seen, policy: CasePolicy) => boolean } = {
  manipulated: ({ injection }, { manipulationProbabilityMin }) =>
    injection !== undefined && injection.manipulationProbability >= manipulationProbabilityMin,
  'presentation-attack': ({ faces }) =>
    isOfMost(faces, ({ presentationAttack }) => presentationAttack?.outcome === 'attack'),
  blurred: ({ faces }) =>
    isOfMost(faces, ({ quality = {} }) => captureDefects(quality).blurred?.isPresent === true),
  dark: ({ faces }) =>
    isOfMost(faces, ({ quality = {} }) => captureDefects(quality).dark?.isPresent === true),
  bright: ({ faces }) => isOfMost(faces, ({ quality = {} }) => (quality['too-light'] ?? 0) > BRIGHTNESS_MAX),
};

const isOfMost = (faces: readonly AnalysedFace[], is: (face: AnalysedFace) => boolean): boolean =>
  faces.filter(is).length > FRAME_SHARE_MAX * faces.length;
