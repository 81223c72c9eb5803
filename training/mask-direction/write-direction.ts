import { writeFile } from 'node:fs/promises';
import type { LinearModel } from './logistic-regression.ts';

/** Base64 characters a line. */
const LINE = 100;

/** Writes a fit as `mask-direction.data.ts` of the engine: the direction in signed bytes, its step, the bias. */
export async function writeDirection(file: string, { direction, bias }: LinearModel): Promise<void> {
  const step = direction.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
  const bytes = Int8Array.from(direction, (value) => Math.round(value / step));
  const base64 = Buffer.from(bytes.buffer).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  await writeFile(
    file,
    `/**
 * Which way the description of a face moves when a mask is put on: one signed byte per number of faceres' embedding,
 * base64. Made by \`npm run train:mask-direction\`; data, method and figures stand in training/mask-direction/README.md.
 */
export const MASK_DIRECTION = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');

/** Of one step of a byte. */
export const MASK_STEP = ${step.toPrecision(6)};

/** Log-odds of a mask where the direction says nothing. */
export const MASK_BIAS = ${bias.toFixed(4)};
`,
  );
}
