// Lets the opening thread run the TypeScript sources, for tests and tools; what is built never loads this.
import { register } from 'tsx/esm/api';

register();
await import('./opening-worker.ts');
