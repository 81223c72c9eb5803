export interface Clock {
  /** Calendar time, for stamps shown to people. May jump. */
  now(): Date;
}
