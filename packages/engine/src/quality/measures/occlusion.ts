import { type Lab, labOf } from '../../colour/cielab.ts';
import { logistic } from '../../signals/logistic.ts';
import type { FaceWindow } from '../measure-context.ts';
import { cutOffChannels } from '../window/mean-colour.ts';
import { ellipse, fillPolygon, type Mask } from '../window/polygon.ts';
import type { Measure } from './measure.ts';

/** Cheeks with less colour cannot be told from grey things, CIELAB. */
const CHROMA_MIN = 7;

/** Distance of a* and b* from the cheeks' from which a pixel is not their skin: at least, and as a share of their chroma. */
const NOT_SKIN = { least: 16, share: 0.6 };

/** Darker than the cheeks by this much L* may be shadow, beard or hair, and is not told from what covers. */
const DARKER_MAX = 25;

/** Shares of a face that are hidden by dark glasses and by a mask. */
const HIDDEN_BY = { glasses: 0.15, mask: 0.4 };

/**
 * The largest of: the share of the face, eyes and lips left out, whose colour is not that of its cheeks though as bright;
 * and what dark glasses and a mask hide, as far as they are certain. Hands, skin-coloured things and dark ones are not
 * seen. Undefined where the cheeks have no colour and no network knows of glasses or masks.
 */
export const faceOcclusion: Measure = async (context) => {
  const glasses = await context.subject.signals.glasses();
  const mask = await context.subject.signals.faceMask();
  const face = context.coarseFace();
  const parts = [
    face && shareOfOtherColour(face),
    glasses && HIDDEN_BY.glasses * certainty(glasses.dark),
    mask === undefined ? undefined : HIDDEN_BY.mask * certainty(mask),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : Math.max(...parts);
};

/** A probability below ½ hides nothing. */
const certainty = (probability: number): number => (probability < 0.5 ? 0 : probability);

function shareOfOtherColour(face: FaceWindow): number | undefined {
  const skin = face.cheekColour();
  if (!skin || Math.hypot(skin[1], skin[2]) < CHROMA_MIN) return undefined;
  return shareOf(face, skinRegion(face), (lab) => isOtherColour(lab, skin));
}

function isOtherColour(lab: Lab, skin: Lab): boolean {
  const far = Math.max(NOT_SKIN.least, NOT_SKIN.share * Math.hypot(skin[1], skin[2]));
  return lab[0] > skin[0] - DARKER_MAX && Math.hypot(lab[1] - skin[1], lab[2] - skin[2]) > far;
}

function labAt({ image: { pixels } }: FaceWindow, i: number): Lab {
  return labOf([pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!]);
}

/** The face without eyes, brows and lips. */
function skinRegion(face: FaceWindow): Mask {
  const { width, height, data } = face.region('face');
  const mask: Mask = { width, height, data: data.slice() };
  const { eyeDistance: unit, eyeMiddle } = face;
  for (const side of [-0.5, 0.5]) {
    const eye = { x: eyeMiddle.x + side * unit, y: eyeMiddle.y - 0.1 * unit };
    fillPolygon(mask, ellipse(eye, 0.42 * unit, 0.35 * unit), 0);
  }
  const lips = face.region('lips').data;
  for (let i = 0; i < lips.length; i++) if (lips[i] === 1) mask.data[i] = 0;
  return mask;
}

/** Share of the forehead in other colours at which it is as likely covered as not. */
const COVERED = { midpoint: 0.45, width: 0.06 };

/** Hair and brims: pixels of the forehead, up to where the mesh ends, of another colour or much darker than the cheeks. */
export const foreheadCovering: Measure = (context) => {
  const face = context.coarseFace();
  const skin = face?.cheekColour();
  if (!face || !skin) return undefined;
  const covered = shareOf(
    face,
    face.region('forehead'),
    (lab) => lab[0] < skin[0] - DARKER_MAX || isOtherColour(lab, skin),
  );
  return covered === undefined ? undefined : logistic(covered, COVERED);
};

/** Less of a region than this that over-exposure left whole is not judged. */
const INTACT_SHARE_MIN = 0.3;

/** Share of a region's pixels of which something is true, those without their true colour left out. */
function shareOf(face: FaceWindow, { data }: Mask, test: (lab: Lab) => boolean): number | undefined {
  let hits = 0;
  let intact = 0;
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    count++;
    if (cutOffChannels(face.image.pixels, i) > 0) continue;
    intact++;
    if (test(labAt(face, i))) hits++;
  }
  return intact === 0 || intact < INTACT_SHARE_MIN * count ? undefined : hits / intact;
}
