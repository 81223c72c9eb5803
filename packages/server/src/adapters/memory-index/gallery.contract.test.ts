import { galleryContract } from '../../ports/gallery.contract.ts';
import { createMemoryGallery } from './gallery.ts';

galleryContract('the gallery in memory', (dimension) => createMemoryGallery({ dimension, threads: 2 }), 128);
