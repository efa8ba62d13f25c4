/** Finds Markdown pages below a folder. */
import { existsSync, readdirSync } from 'node:fs';
import { root } from '../tools/rule-files.js';

/** Absolute paths, sorted; none where the folder does not exist. */
export function pagesIn(folder: string): readonly string[] {
  const path = `${root}${folder}`;
  if (!existsSync(path)) return [];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names
    .filter(it => it.endsWith('.md') && !it.endsWith('README.md'))
    .sort()
    .map(it => `${path}/${it}`);
}
