/** Hovers, as the protocol has them. */
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import { type HoverOptions, hoverFor } from '../features/hover/hover.js';
import { backendOf } from '../sampler.js';
import { rangeOf } from './convert.js';
import type { Look } from './progress.js';
import type { Workspace } from './workspace.js';

export interface HoverContext {
  readonly workspace: Workspace;
  readonly pageOf: (rule: string) => string | undefined;
}

export async function hoverAt(
  path: string,
  position: Position,
  { workspace, pageOf }: HoverContext,
  look: Look,
): Promise<Hover | null> {
  const folder = workspace.folderOf(path);
  const analysis = folder.settings.enable ? folder.analysis(path) : undefined;
  if (analysis === undefined) return null;
  const offset = analysis.source.lines.offsetAt(position);
  const found = await hoverFor(analysis, offset, {
    ...hoverOptions(path, workspace),
    watch: look,
    pageOf,
  });
  if (found === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: found.markdown },
    range: rangeOf(found.span, analysis.source),
  };
}

export function hoverOptions(path: string, workspace: Workspace): HoverOptions {
  const { seed, torchBuild, hasPictures, device } = workspace.folderOf(path).settings;
  return { seed, build: torchBuild, hasPictures, backend: backendOf(workspace.host, device) };
}
