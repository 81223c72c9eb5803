// Lets a worker thread run the TypeScript sources, for tests and tools; what is built never loads this.
import { register } from 'tsx/esm/api';

register();
export const { analyse, ready } = await import('./worker.ts');
