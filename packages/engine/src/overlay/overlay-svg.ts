import type { AnalysedImage, PortraitAspect } from '../vocabulary/analysis.ts';
import { advicePanel } from './advice-panel.ts';
import { faceSvg, portraitFrameSvg } from './face-svg.ts';
import { element } from './svg-element.ts';

export interface OverlayOptions {
  /** Shows where a portrait of this shape would be cut. */
  readonly portrait?: PortraitAspect;
  /** What is wrong with each face, in plain sentences; in the order of the faces. */
  readonly advice?: readonly (readonly string[])[];
  /** The upright picture itself, to lie below; without it the overlay is transparent. */
  readonly picture?: { readonly mediaType: string; readonly bytes: Uint8Array };
}

/** @returns its own size: as wide as the picture, and higher by the panel of advice. */
export interface Overlay {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Draws what was found in a picture: boxes, points, meshes, the portrait's edges, and the advice below. */
export function overlaySvg(
  { width, height, faces }: Pick<AnalysedImage, 'width' | 'height' | 'faces'>,
  { portrait, advice = [], picture }: OverlayOptions = {},
): Overlay {
  const panel = advicePanel(advice, { top: height, width });
  const total = height + panel.height;
  const children = [
    ...(picture ? [pictureSvg(picture, width, height)] : []),
    ...(portrait ? faces.map((face) => portraitFrameSvg(face, portrait)) : []),
    ...faces.map((face, index) => faceSvg(face, faces.length > 1 ? index : undefined)),
    panel.svg,
  ];
  const size = { width, height: total, viewBox: `0 0 ${width} ${total}` };
  const svg = element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size }, children);
  return { svg, width, height: total };
}

function pictureSvg(
  { mediaType, bytes }: NonNullable<OverlayOptions['picture']>,
  width: number,
  height: number,
): string {
  const href = `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
  return element('image', { href, width, height });
}
