/** Standard output and errors, which may be closed by whoever reads them. */
import type { WriteStream } from 'node:tty';
import type { Output } from '../host.js';

export function outputTo(stream: WriteStream): Output {
  let isOpen = true;
  stream.on('error', () => {
    isOpen = false;
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.columns || 80,
    get isOpen() {
      return isOpen;
    },
    write(text) {
      if (isOpen) stream.write(text);
    },
    flush: () => new Promise(resolve => (isOpen ? stream.write('', () => resolve()) : resolve())),
  };
}
