/** A file as it would be with every finding of it repaired, safely or not: what "as fixed" means beside a preview. */
import type { Analysis, Finding } from '../analyze.js';
import { analyze } from '../analyze.js';
import type { Project } from '../project.js';
import { fixAll } from './fixes.js';

/** What is read of it, while that text is the project's; undefined where there is nothing to fix. Then all is as it was. */
export function asFixed<T>(project: Project, { path, source }: Analysis, read: (fixed: Analysis) => T): T | undefined {
  const { text } = source;
  const findingsIn = (candidate: string): readonly Finding[] => {
    project.openDocument(path, candidate);
    return analyze(project, path).findings;
  };
  try {
    const fixed = fixAll(text, findingsIn, fix => fix.preferred);
    if (fixed.text === text) return undefined;
    project.openDocument(path, fixed.text);
    return read(analyze(project, path));
  } finally {
    project.openDocument(path, text);
  }
}
