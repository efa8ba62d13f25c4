/** Modules of Node that few runs need, loaded when they are asked for: that takes milliseconds at every start. */
import { createRequire } from 'node:module';

const load = createRequire('/');

export const crypto = (): typeof import('node:crypto') => load('node:crypto');
export const threads = (): typeof import('node:worker_threads') => load('node:worker_threads');
export const v8 = (): typeof import('node:v8') => load('node:v8');
