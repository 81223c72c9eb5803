import { apply } from '../geometry/affine.ts';
import { MESH_CONTOURS } from '../landmarks/mesh-contours.ts';
import { planPortrait } from '../portrait/framing.ts';
import type { AnalysedFace, PortraitAspect } from '../vocabulary/analysis.ts';
import type { BoundingBox, FivePoints, Point } from '../vocabulary/shapes.ts';
import { element } from './svg-element.ts';

/** Distinct on skin, hair and dark clothing alike. */
const BOX_COLOUR = '#00e5ff';
const MESH_COLOUR = '#ffffff';
const FRAME_COLOUR = '#ffea00';
/** One colour per side, so that a mirrored landmark order shows at a glance. */
const POINT_COLOURS = {
  subjectRightEye: '#ff1744',
  subjectLeftEye: '#2979ff',
  noseTip: '#00e676',
  subjectRightMouthCorner: '#ff9100',
  subjectLeftMouthCorner: '#d500f9',
} as const satisfies Record<keyof FivePoints, string>;

/**
 * The face's box, five points and, where known, mesh.
 *
 * @param number  written at the box when given, to tell faces apart.
 */
export function faceSvg({ box, landmarks, mesh }: AnalysedFace, number?: number): string {
  const stroke = lineWidth(box.width);
  const colours = Object.entries(POINT_COLOURS) as [keyof FivePoints, string][];
  return element('g', { class: 'face' }, [
    element('rect', { class: 'box', ...box, fill: 'none', stroke: BOX_COLOUR, 'stroke-width': 2 * stroke }),
    ...(mesh ? [meshSvg(mesh, stroke)] : []),
    ...(number === undefined ? [] : [numberSvg(number, box)]),
    ...colours.map(([name, fill]) => dot(landmarks[name], { class: name, r: 2 * stroke, fill })),
  ]);
}

/** The edges of a portrait and its eye line, where they lie in the picture. */
export function portraitFrameSvg({ box, landmarks }: AnalysedFace, aspect: PortraitAspect): string {
  const { width, height, toImage } = planPortrait({ aspect, padColour: [0, 0, 0] }, landmarks);
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ].map((corner) => apply(toImage, corner));
  const eyes = middle(landmarks.subjectRightEye, landmarks.subjectLeftEye);
  const stroke = lineWidth(box.width);
  const line = {
    fill: 'none',
    stroke: FRAME_COLOUR,
    'stroke-width': stroke,
    'stroke-dasharray': `${6 * stroke} ${4 * stroke}`,
  };
  const ends = [-width / 2, width / 2].map((along) => ({
    x: eyes.x + along * toImage.a,
    y: eyes.y + along * toImage.d,
  }));
  return element('g', { class: 'portrait' }, [
    element('polygon', { ...line, points: pointsText(corners) }),
    element('polyline', { ...line, points: pointsText(ends) }),
  ]);
}

const lineWidth = (boxWidth: number): number => Math.max(1, boxWidth / 100);

/** Above the box's left corner, or within it where the picture ends. */
function numberSvg(number: number, box: BoundingBox): string {
  const size = Math.max(11, box.width / 6);
  const above = box.y - size / 4;
  const y = above > size ? above : box.y + size;
  const look = { 'font-family': 'sans-serif', 'font-size': size, 'font-weight': 'bold', fill: BOX_COLOUR };
  return element('text', { ...look, x: box.x, y }, [String(number)]);
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

function meshSvg(mesh: readonly Point[], stroke: number): string {
  const line = { fill: 'none', stroke: MESH_COLOUR, 'stroke-width': stroke / 2, 'stroke-opacity': 0.8 };
  const contours = MESH_CONTOURS.filter(({ points }) => points.every((index) => index < mesh.length)).map(
    ({ isClosed, points }) =>
      element(isClosed ? 'polygon' : 'polyline', {
        ...line,
        points: pointsText(points.map((index) => mesh[index]!)),
      }),
  );
  const dots = mesh.map((point) => dot(point, { r: stroke / 2, fill: MESH_COLOUR }));
  return element('g', { class: 'mesh' }, [...contours, ...dots]);
}

const dot = ({ x, y }: Point, look: Readonly<Record<string, string | number>>): string =>
  element('circle', { ...look, cx: x, cy: y });

const pointsText = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
