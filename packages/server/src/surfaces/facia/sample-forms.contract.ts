import type { Fields } from './sample-endpoints.contract.ts';

interface SampleForm {
  /** The header that names the boundary. */
  readonly head: readonly string[];
  /** Each character a byte. */
  readonly body: string;
}

/** How a language writes its forms. */
interface FormStyle {
  readonly boundary: string;
  /** Of the field; quoted unless the language does otherwise. */
  readonly quote?: (text: string) => string;
  readonly isBoundaryQuoted?: boolean;
  readonly fileType: string;
  /** Headers of a text, beside its name. */
  readonly textHead?: string;
  /** Behind the file's name. */
  readonly nameAgain?: string;
}

const quoted = (text: string): string => `"${text}"`;

const STYLES: readonly (readonly [string, FormStyle])[] = [
  ['curl and PHP', { boundary: '------------------------e58bc8ad3bc06afb', fileType: 'image/png' }],
  ['a browser', { boundary: '----WebKitFormBoundary7MA4YWxkTrZu0gW', fileType: 'image/png' }],
  ['Node', { boundary: '----formdata-undici-035956688703', fileType: 'image/png' }],
  ['Python', { boundary: '5463c34e42570d45c50b012feb29cbb5', fileType: 'image/png' }],
  [
    'Ruby',
    {
      boundary: 'b3nyHGTBpLmt48BkcOz8o1SIR05UVq-RUe1Kxqk0CtGe65J1eibevA',
      fileType: 'application/octet-stream',
    },
  ],
  [
    'Go',
    {
      boundary: '6b7a41ad33605c2797eb7b120848bde04066d201ca0b07cb823ae29452d2',
      fileType: 'application/octet-stream',
    },
  ],
  ['Java, by hand,', { boundary: '===1732219786000===', isBoundaryQuoted: true, fileType: 'image/png' }],
  [
    'C#',
    {
      boundary: '7f4f1f1e-5b0a-4b43-9b5e-6a4d8f3f0c55',
      isBoundaryQuoted: true,
      quote: (text) => text,
      fileType: 'image/png',
      textHead: 'Content-Type: text/plain; charset=utf-8\r\n',
      nameAgain: "; filename*=utf-8''face.png",
    },
  ],
];

/** The form of a transaction with its picture as a file, as each language writes it. */
export const SAMPLE_FORMS = STYLES.map(
  ([language, style]) => [language, (fields: Fields) => formOf(style, fields)] as const,
);

function formOf(style: FormStyle, { file, ...texts }: Fields): SampleForm {
  const { boundary, isBoundaryQuoted, quote = quoted, fileType, textHead = '', nameAgain = '' } = style;
  const part = (name: string, rest: string, content: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name=${quote(name)}${rest}\r\n\r\n${content}\r\n`;
  const parts = [
    ...Object.entries(texts).map(([name, text]) => withHead(part(name, '', `${text}`), textHead)),
    part(
      'file',
      `; filename=${quote('face.png')}${nameAgain}\r\nContent-Type: ${fileType}`,
      Buffer.from(`${file}`, 'base64').toString('latin1'),
    ),
  ];
  const named = isBoundaryQuoted ? quoted(boundary) : boundary;
  return {
    head: [`Content-Type: multipart/form-data; boundary=${named}`],
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

/** .NET tells what a text is before it says its name. */
const withHead = (part: string, head: string): string => part.replace('\r\n', `\r\n${head}`);
