import type { ScratchFile } from '../ports/scratch.ts';

/** A file of a form. Its name is the caller's word and names nothing here. */
export class FormFile {
  readonly name: string;
  /** In memory, where they own it; or in a file that is there until the request is answered. */
  readonly content: Uint8Array | ScratchFile;

  constructor(content: Uint8Array | ScratchFile, name: string) {
    this.content = content;
    this.name = name;
  }

  get sizeBytes(): number {
    return this.content instanceof Uint8Array ? this.content.length : this.content.sizeBytes;
  }

  /** 64 bytes at least, or all there are. */
  get head(): Uint8Array {
    return this.content instanceof Uint8Array ? this.content : this.content.head;
  }
}
