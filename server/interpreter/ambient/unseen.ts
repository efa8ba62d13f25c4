/** Modules whose every name is unknown, each with the reason that a person reads. */
import type { ModuleTable } from '../library/define.js';

const reasons: Readonly<Record<string, string>> = {
  random: 'it is drawn by `random`, not by torch',
  time: 'it depends on when the program runs',
  datetime: 'it depends on when the program runs',
  json: 'it is read from a file',
  pickle: 'it is read from a file',
  csv: 'it is read from a file',
  yaml: 'it is read from a file',
  glob: 'it depends on the machine that the program runs on',
  shutil: 'it depends on the machine that the program runs on',
  platform: 'it depends on the machine that the program runs on',
  subprocess: 'it is another program',
  multiprocessing: 'it is another process',
  threading: 'it is another thread',
  socket: 'it comes from the network',
  hashlib: 'it is a hash',
  uuid: 'it differs on every run',
};

/** Names are looked up one by one: see `unseenReasons`. */
export const unseenReasons: ReadonlyMap<string, string> = new Map(Object.entries(reasons));
export const unseen: Readonly<Record<string, ModuleTable>> = {};
