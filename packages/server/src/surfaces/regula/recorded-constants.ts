/** The release of the vendor's contract that this surface speaks: what its clients expect under `versionSDK`. */
export const CONTRACT_VERSION = '6.4.86';

/** Recorded servers answer these two; no document says what they count. */
export const DETECTOR_TYPE = 4;
export const LANDMARKS_TYPE = 2;
