import { type DrawnFace, drawPicture } from '@facegate/testkit';

/** Whom drawn pictures show. */
export const [ANNA, BORIS, CLARA] = [11, 22, 33];

/** Base64 of a picture with these faces. */
const picture = async (...faces: DrawnFace[]): Promise<string> =>
  (await drawPicture(faces)).toString('base64');

/** Base64 of a picture of one person. */
export const of = (identity: number): Promise<string> => picture({ identity, x: 120, y: 60 });

/** Base64 of a picture of two, the first smaller and further from the middle. */
export const two = (first: number, second: number): Promise<string> =>
  picture({ identity: first, x: 10, y: 20 }, { identity: second, x: 180, y: 30, width: 90, height: 120 });

/** Base64 of a picture without a face. */
export const nobody = (): Promise<string> => picture();
