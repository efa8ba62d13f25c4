/** The script of the panels' page: says that it is there, and shows what it is told. */
import type { ToView } from '../messages.js';
import { tell } from './dom.js';
import { showCursor, showSignal } from './signal.js';
import { showProgress, showWeight, showWeights } from './weights.js';

const start = performance.now();

addEventListener('message', ({ data }: MessageEvent<ToView>) => {
  receive(data);
  if (data.kind === 'signal' || data.kind === 'weights') afterFrame(sayDrawn);
});

/** What is asked for in a frame is on the screen when the next task runs. */
function afterFrame(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}

function sayDrawn(): void {
  tell({ kind: 'drawn', milliseconds: performance.now() - start });
}

function receive(message: ToView): void {
  switch (message.kind) {
    case 'signal':
      showSignal(message.signal, message.inputShape);
      break;
    case 'weights':
      showWeights(message.weights);
      break;
    case 'weight':
      showWeight(message.weight);
      break;
    case 'progress':
      showProgress(message.percentage);
      break;
    case 'cursor':
      showCursor(message);
      break;
  }
}

tell({ kind: 'ready' });
