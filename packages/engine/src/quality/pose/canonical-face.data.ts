/** A point of the mesh that expression hardly moves, and where it lies on an average head. */
export interface RigidPoint {
  /** Of the mesh. */
  readonly index: number;
  /** The same point on the subject's left, at −x. Absent: on the middle line. */
  readonly twin?: number;
  /** x towards the subject's left, y down, z away from the camera; the unit is the root mean square radius. */
  readonly at: readonly [x: number, y: number, z: number];
}

/**
 * The average head: the network's own three-dimensional meshes of 156 nearly frontal press photographs, put on top of
 * each other (Procrustes), averaged with their mirror image, and turned so that the median of these photographs has a
 * pitch of 0. Rounded to a thousandth.
 */
export const RIGID_POINTS: readonly RigidPoint[] = [
  { index: 10, at: [0, -0.92, -0.204] },
  { index: 151, at: [0, -0.649, -0.272] },
  { index: 9, at: [0, -0.352, -0.329] },
  { index: 8, at: [0, -0.209, -0.312] },
  { index: 168, at: [0, -0.095, -0.305] },
  { index: 6, at: [0, 0.028, -0.383] },
  { index: 197, at: [0, 0.147, -0.47] },
  { index: 195, at: [0, 0.26, -0.566] },
  { index: 5, at: [0, 0.381, -0.665] },
  { index: 4, at: [0, 0.53, -0.709] },
  { index: 1, at: [0, 0.645, -0.675] },
  { index: 2, at: [0, 0.755, -0.412] },
  { index: 33, twin: 263, at: [-0.765, -0.017, 0.069] },
  { index: 133, twin: 362, at: [-0.298, -0.001, -0.017] },
  { index: 109, twin: 338, at: [-0.321, -0.91, -0.176] },
  { index: 67, twin: 297, at: [-0.594, -0.86, -0.07] },
  { index: 103, twin: 332, at: [-0.847, -0.752, 0.113] },
  { index: 54, twin: 284, at: [-1.014, -0.593, 0.325] },
  { index: 21, twin: 251, at: [-1.121, -0.394, 0.527] },
  { index: 162, twin: 389, at: [-1.18, -0.183, 0.74] },
  { index: 127, twin: 356, at: [-1.203, 0.084, 0.905] },
  { index: 234, twin: 454, at: [-1.193, 0.335, 0.976] },
  { index: 116, twin: 345, at: [-1.085, 0.277, 0.27] },
  { index: 117, twin: 346, at: [-0.897, 0.264, 0.064] },
  { index: 50, twin: 280, at: [-0.837, 0.53, -0.048] },
  { index: 48, twin: 278, at: [-0.329, 0.602, -0.406] },
  { index: 64, twin: 294, at: [-0.334, 0.646, -0.349] },
  { index: 98, twin: 327, at: [-0.301, 0.712, -0.274] },
];
