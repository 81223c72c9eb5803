import { request } from 'node:http';

/** A form whose file is sent so far; the rest is for the test to send. */
export function beginForm(url: string, sizeBytes: number) {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const sending = request(url, { method: 'POST', headers });
  const answered = new Promise<number | undefined>((resolve) => {
    sending.once('response', (response) => resolve(response.resume().statusCode));
    sending.once('error', () => resolve(undefined));
  });
  sending.write('--x\r\nContent-Disposition: form-data; name="f"; filename="a.mp4"\r\n\r\n');
  sending.write(Buffer.alloc(sizeBytes, 'x'));
  return { answered, end: () => sending.end('\r\n--x--'), hangUp: () => sending.destroy() };
}
