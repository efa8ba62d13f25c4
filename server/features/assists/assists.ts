/** Everything that can be done at a place where nothing is wrong. */
import type { Analysis, Project } from '../../analyze.js';
import type { Assist } from './assist.js';
import { classAssists } from './classes.js';
import { rewriteAssists } from './rewrite.js';

export function assistsAt(analysis: Analysis, offset: number, project: Project): readonly Assist[] {
  return [...classAssists(analysis, offset, project), ...rewriteAssists(analysis, offset, project)];
}
