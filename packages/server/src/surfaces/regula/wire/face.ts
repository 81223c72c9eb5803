/** `[x, y]`, whole pixels of the picture as sent. */
export type WirePoint = readonly [x: number, y: number];
/** `[x, y, width, height]`, whole pixels. */
export type WireBox = readonly [x: number, y: number, width: number, height: number];

export interface Face {
  /** Image-left eye, image-right eye, nose, image-left and image-right corner of the mouth. */
  readonly landmarks: readonly WirePoint[];
  readonly roi: WireBox;
  /** Degrees from vertical, positive counter-clockwise on screen. */
  readonly rotationAngle: number;
  /** Base64 JPEG. */
  readonly crop?: string;
  /** Where the crop lies in the picture: the upright box around it. */
  readonly originalRect?: WireBox;
  /** Base64 JPEG. */
  readonly thumbnail?: string;
}
