import type { FaceSignals } from '../signals/face-signals.ts';
import type { FaceAttribute, FaceAttributes } from '../vocabulary/attributes.ts';
import type { FaceGeometry } from './face-geometry.ts';
import { tellFaceMaskWorn, tellGlassesWorn, tellOcclusion } from './tell-covering.ts';
import { tellEmotion, tellSmile } from './tell-expression.ts';
import { tellEye } from './tell-eye.ts';
import { tellMouth } from './tell-mouth.ts';

type Teller<Name extends FaceAttribute> = (
  signals: FaceSignals,
  geometry: FaceGeometry,
) => Promise<FaceAttributes[Name] | undefined>;

const nobodyCanTell = async (): Promise<undefined> => undefined;

/** No network or measure at hand tells head coverings, covered foreheads, make-up or headphones. */
const TELLERS: { readonly [Name in FaceAttribute]: Teller<Name> } = {
  age: (signals) => signals.age(),
  'right-eye': (signals) => tellEye(signals, 'right'),
  'left-eye': (signals) => tellEye(signals, 'left'),
  emotion: tellEmotion,
  smile: tellSmile,
  glasses: tellGlassesWorn,
  'head-covering': nobodyCanTell,
  'forehead-covering': nobodyCanTell,
  mouth: tellMouth,
  'face-mask': tellFaceMaskWorn,
  occlusion: tellOcclusion,
  'strong-makeup': nobodyCanTell,
  headphones: nobodyCanTell,
};

/** What is wanted of a face, as far as it can be told; only the networks that this takes are run. */
export async function tellAttributes(
  signals: FaceSignals,
  geometry: FaceGeometry,
  wanted: readonly FaceAttribute[],
): Promise<FaceAttributes> {
  const told: [FaceAttribute, unknown][] = [];
  for (const name of wanted) {
    const value = await TELLERS[name](signals, geometry);
    if (value !== undefined) told.push([name, value]);
  }
  return Object.fromEntries(told);
}
