/**
 * A process that measures one size and ends: what one size leaves in memory is not counted for the next.
 *
 * @module
 */
import { measureSize, type Size } from './measure-size.ts';

process.once('message', async (size: Size) => {
  const measured = await measureSize(size);
  process.send?.(measured, undefined, undefined, () => process.disconnect());
});
