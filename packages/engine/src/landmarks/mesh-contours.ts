/** A line through mesh points; a closed one returns to its first. */
export interface MeshContour {
  readonly isClosed: boolean;
  readonly points: readonly number[];
}

const closed = (...points: number[]): MeshContour => ({ isClosed: true, points });
const open = (...points: number[]): MeshContour => ({ isClosed: false, points });

/**
 * The lines that people see in a face. Left and right are the subject's.
 *
 * @source MediaPipe mesh topology.
 */
export const MESH_CONTOURS: readonly MeshContour[] = [
  // The oval of the face, from the middle of the forehead.
  closed(
    ...[10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152],
    ...[148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109],
  ),
  // Right and left eye, right and left brow.
  closed(33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
  closed(263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
  closed(70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
  closed(300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
  // The lips' outer and inner edge.
  closed(61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185),
  closed(78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191),
  // The ridge of the nose.
  open(168, 6, 197, 195, 5, 4),
];
