/** The script of the panels' page: says that it is there, and shows what it is told. */
import type { ToView } from '../messages.js';
import { tell } from './dom.js';
import { showCursor, showSignal } from './signal.js';
import { showProgress, showWeight, showWeights } from './weights.js';

const start = performance.now();
let isDrawn = false;

addEventListener('message', ({ data }: MessageEvent<ToView>) => {
  receive(data);
  if (isDrawn || (data.kind !== 'signal' && data.kind !== 'weights')) return;
  isDrawn = true;
  requestAnimationFrame(() => tell({ kind: 'drawn', milliseconds: performance.now() - start }));
});

function receive(message: ToView): void {
  switch (message.kind) {
    case 'signal':
      showSignal(message.signal);
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
