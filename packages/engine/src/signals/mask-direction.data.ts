/**
 * Which way the description of a face moves when a mask is put on: one signed byte per number of faceres' embedding,
 * base64. Made by `npm run train:mask-direction`; data, method and figures stand in training/mask-direction/README.md.
 */
export const MASK_DIRECTION = [
  '6QTI6gwCD03n++wC4QTqtfsO0QDW8PzlFggG6zPfCfMIB8/fBwEV5d733QEa9gzr//nm7u/sCgvwESsL3h/k8ejz+Nko4erPKQLv',
  '5AVRERThBs0a7uLnAePs/dT6HOv1DPvPHgfm8R4JH/PXEtz95vro4+IP9/r68vvr4AwrAQpg6c/sRPL3Mujz8eb35v4S8fnt0AIP',
  '9gMG4OEV3uH5/PUR4g/+3/f84Q7i5u4Z0wzh5vXP5Qrt4fAD/CYF8N3uCvnt98bpWPPpBP5G3fXv4s/0Bf/mFvf/6vT9/gLuBvQF',
  '+PIG5RHmv+z2F9veIi/r5SEh/Oca8QXSM/vb8AH0AQjPBNHd8OBWF8oAG93e/hE2+u4U/uHeCP4b5AIc5UDyAxzQ4eYo7PDu4+YE',
  '+e/vD94B+A0S4ADu++js/+Iu4hwEGS385fjc/CUC6RniCsjmvPHkB/n3Hu335+YcFTkL3BAA4PbzFgX04fff09neNybu6vgBBhXr',
  'BRT//A4a0S/48Qf6J9HH9PrX7gr93egPA/Zs7AzXHf4M/hoG59sT6NP1+vze9snq4Hvc5fnq0/MA0gbiFvPn3QQGEBXNVJ0KFCYG',
  'GjPs2xv7A0EG3Q/O9xPdCNre78z7HfImCw713+DU9AjZ+OgHxOgT2BH0+C/1VEQ6HAoC6QHpDPrc4+xFF+7p7wXy++YNIekJGQ75',
  'GORK2QMU3g0F1tP67ewvFRkH+gzx4AbZA+b76PLyB/HV/gfP2BwT8uIAKgP84uvmDdnyJ/H45t74DcIv1fD8+NMU2RT+3/TsOv3X',
  'DfBu2usC5egjWgrM7ObgM+D4LObn6PoN1evk2/H6Ct8HfxAE9yQVJuQHLAz1Afjk++Xb3erm4ujz1+zr6zsFD+kB2ejRC+wG3PbN',
  '9iYJLgrw+bwWEOQG+iTkCfoABMb6Fdz85PLy6dj81u0N3vLo+OUF+AL/++zF/wbh8ADfFeTj7v0s4wY9we4EDPURDPL4ATsT9OcW',
  'EPrJHPoaFBQW/wr46OPyNNHq+/P/HgIG/Pn66O8W+tXj4usP9wvnFxPk7vXg8Nve2Pkb0P7+9en94hAG9Ovu6/oVwskqDt8hAuz3',
  '+eYHBDDY6uU0BvEI+uIQv8cx6S0I5QrZEfHn8Ng599sB6/QE9PwfEuYv/Mfs/DII0e/z8dvt8RzcHfgD/uBD2BQd/OEp/w0E1gXo',
  '2xD/C9UH5vvw6dg17b716ef6Hs4fxPfj6A3e3PXONg035/ND5/vf/NQh/fwD1zvqDOvXGtcA3/D41dv7Fuzr0Ba77tjmMubwH/Hf',
  '+u0ENuznGt4C5yIOGP381wu569r75vK7L+D5/c4bAfTuBuwX4Q7sIPQQ8PQYIvgB+A==',
].join('');

/** Of one step of a byte. */
export const MASK_STEP = 0.0276327;

/** Log-odds of a mask where the direction says nothing. */
export const MASK_BIAS = -0.533;
