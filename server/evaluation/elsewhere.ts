/** Parameters of raw memory that code elsewhere in the workspace fills: a training script's helper, a table of starts. */
import type { Program } from '../model/model.js';
import { attributeOf, isRaw } from '../model/questions/raw.js';
import type { Project } from '../project.js';

export function withStartsElsewhere(project: Project, program: Program): Program {
  const raw = program.models.flatMap(it => it.parameters.filter(isRaw));
  const names = [...new Set(raw.map(attributeOf))].filter(it => !COMMON.test(it));
  const started = names.filter(it => project.mentions.isStarted(it, program.path));
  return started.length === 0 ? program : { ...program, startedElsewhere: new Set(started) };
}

/** Names that every layer has say nothing of whose they are. */
const COMMON = /^(weight|bias|data|.)$/;
