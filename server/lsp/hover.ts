/** Hovers, as the protocol has them. */
import {
  type CancellationToken,
  type Hover,
  LSPErrorCodes,
  MarkupKind,
  type Position,
  ResponseError,
} from 'vscode-languageserver';
import type { Watch } from '../../core/backend.js';
import { type HoverOptions, hoverFor } from '../features/hover/hover.js';
import type { Clock } from '../host.js';
import { backendOf } from '../sampler.js';
import { rangeOf } from './convert.js';
import type { Workspace } from './workspace.js';

export async function hoverAt(
  path: string,
  position: Position,
  workspace: Workspace,
  token: CancellationToken,
): Promise<Hover | null> {
  const folder = workspace.folderOf(path);
  const analysis = folder.settings.enable ? folder.analysis(path) : undefined;
  if (analysis === undefined) return null;
  const offset = analysis.source.lines.offsetAt(position);
  const found = await hoverFor(analysis, offset, {
    ...hoverOptions(path, workspace),
    watch: watching(token, workspace.host),
  });
  if (found === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: found.markdown },
    range: rangeOf(found.span, analysis.source),
  };
}

/** Lets a cancellation be heard, and ends the work then. */
function watching(token: CancellationToken, clock: Clock): Watch {
  return async () => {
    await clock.turn();
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  };
}

export function hoverOptions(path: string, workspace: Workspace): HoverOptions {
  const { seed, torchBuild, hasPictures, device } = workspace.folderOf(path).settings;
  return { seed, build: torchBuild, hasPictures, backend: backendOf(workspace.host, device) };
}
