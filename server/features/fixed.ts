/** A file as it would be with every finding of it repaired, safely or not: what "as fixed" means beside a preview. */

import type { Analysis, Finding } from '../analyze.js';
import { analyze } from '../analyze.js';
import type { Project } from '../project.js';
import { fixAll } from './fixes.js';

/** Undefined where there is nothing to fix. What the project knows of the file is left as it was. */
export function analysisAsFixed(project: Project, { path, source }: Analysis): Analysis | undefined {
  const { text } = source;
  const findingsIn = (candidate: string): readonly Finding[] => {
    project.openDocument(path, candidate);
    return analyze(project, path).findings;
  };
  try {
    const fixed = fixAll(text, findingsIn, fix => fix.preferred);
    if (fixed.text === text) return undefined;
    project.openDocument(path, fixed.text);
    const analysis = analyze(project, path);
    // Evaluated while the repaired text is what the project reads.
    void analysis.program;
    return analysis;
  } finally {
    project.openDocument(path, text);
  }
}
