import { element, escaped } from './svg-element.ts';

export interface AdvicePanel {
  readonly svg: string;
  /** px; 0 when there is nothing to say. */
  readonly height: number;
}

/** Width of a letter of a plain sans-serif font as a share of its size; wide enough for what is mostly small letters. */
const LETTER_WIDTH = 0.56;

const LINE_HEIGHT = 1.4;

/**
 * A panel below the picture that lists sentences, broken to its width.
 *
 * @param advice  of each face in turn; with several faces each sentence begins with the face's place in the list, from 0.
 * @param at      the panel's upper edge and its width, px.
 */
export function advicePanel(
  advice: readonly (readonly string[])[],
  { top, width }: { readonly top: number; readonly width: number },
): AdvicePanel {
  const size = Math.min(Math.max(width / 40, 11), 28);
  const lettersMax = Math.max(8, Math.floor((width - 2 * size) / (LETTER_WIDTH * size)));
  const lines = sentences(advice).flatMap((sentence) => brokenLines(sentence, lettersMax));
  if (lines.length === 0) return { svg: '', height: 0 };
  const height = Math.ceil((lines.length + 1) * LINE_HEIGHT * size);
  const font = { 'font-family': 'sans-serif', 'font-size': size, fill: '#ffffff' };
  const texts = lines.map((line, index) =>
    element('text', { ...font, x: size, y: top + (index + 1) * LINE_HEIGHT * size }, [escaped(line)]),
  );
  const ground = element('rect', { x: 0, y: top, width, height, fill: '#202124' });
  return { svg: element('g', { class: 'advice' }, [ground, ...texts]), height };
}

function sentences(advice: readonly (readonly string[])[]): string[] {
  return advice.flatMap((ofFace, index) =>
    ofFace.map((sentence) => (advice.length > 1 ? `${index}: ${sentence}` : `• ${sentence}`)),
  );
}

/** Breaks between words; a word longer than a line has one of its own. */
function brokenLines(sentence: string, lettersMax: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > lettersMax) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
