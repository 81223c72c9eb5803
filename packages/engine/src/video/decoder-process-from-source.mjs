// Lets the decoder process run the TypeScript sources, for tests and tools; what is built never loads this.
import { register } from 'tsx/esm/api';

register();
await import('./decoder-process.ts');
