import type { FaceView } from '../alignment/face-view.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import type { AuxiliaryNetworks } from '../pipeline/auxiliary.ts';
import type { FivePoints, Point } from '../vocabulary/shapes.ts';

/** The face that signals are told of. */
export interface SignalSubject {
  readonly image: RgbImage;
  /** Of the same image; networks that see the whole face read from it. */
  readonly view: FaceView;
  readonly points: FivePoints;
  /** 468 points; absent where the face is covered so that they cannot be placed. */
  readonly mesh?: readonly Point[];
  readonly auxiliary: AuxiliaryNetworks;
}
