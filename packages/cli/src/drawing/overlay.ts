import type { AnalysedFace, AnalysedImage, Point } from '@facegate/engine/vocabulary';

/** Distinct on skin, hair and dark clothing alike. */
const BOX_COLOUR = '#00e5ff';
const MESH_COLOUR = '#ffffff';
/** One colour per side, so that a mirrored landmark order shows at a glance. */
const POINT_COLOURS = {
  subjectRightEye: '#ff1744',
  subjectLeftEye: '#2979ff',
  noseTip: '#00e676',
  subjectRightMouthCorner: '#ff9100',
  subjectLeftMouthCorner: '#d500f9',
} as const satisfies Record<keyof AnalysedFace['landmarks'], string>;

/** An SVG the size of the oriented picture with each face's box, five points and, where known, mesh. */
export function overlaySvg({
  width,
  height,
  faces,
}: Pick<AnalysedImage, 'width' | 'height' | 'faces'>): string {
  const drawn = faces.map(faceSvg).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn}</svg>`;
}

function faceSvg({ box, landmarks, mesh }: AnalysedFace): string {
  const stroke = Math.max(1, box.width / 100);
  const frame =
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" ` +
    `fill="none" stroke="${BOX_COLOUR}" stroke-width="${2 * stroke}"/>`;
  const net = (mesh ?? []).map((point) => dot(point, stroke / 2, MESH_COLOUR));
  const points = Object.entries(POINT_COLOURS).map(([name, colour]) =>
    dot(landmarks[name as keyof typeof POINT_COLOURS], 2 * stroke, colour),
  );
  return [frame, ...net, ...points].join('');
}

const dot = ({ x, y }: Point, radius: number, colour: string): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`;
