/** What the panels ask for: the signal of a network, its weights, one of them drawn, all of them as a file. */
import type { Analysis } from '../analyze.js';
import { analysisAsFixed } from '../features/fixed.js';
import { bytesToBase64 } from '../features/hover/base64.js';
import { drawnText } from '../features/hover/parameter.js';
import { type Model, modelsByClass } from '../features/lenses.js';
import { safetensorsOf } from '../features/safetensors.js';
import { drawSignal } from '../features/signal/picture.js';
import { type SignalReport, type SignalRow, signalReport } from '../features/signal/rows.js';
import { stdText } from '../features/signal/wording.js';
import { weightDetails, weightTable } from '../features/weight-table.js';
import { samplerOf } from '../sampler.js';
import { hoverOptions } from './hover.js';
import { analysisOf, locationOf } from './lookups.js';
import * as protocol from './protocol.js';
import type { Shared } from './session.js';
import type { Workspace } from './workspace.js';

export function answerPreviews({ connection, guard, workspace }: Shared): void {
  const answer = <P>(method: string, respond: (params: P, workspace: Workspace) => Answer | Promise<Answer>) =>
    connection.onRequest(
      method,
      guard.answering<P, Answer>(method, params => respond(params, workspace)),
    );
  answer(protocol.signalRequest, signal);
  answer(protocol.weightsRequest, weights);
  answer(protocol.weightRequest, weight);
  answer(protocol.exportRequest, exported);
}

type Answer = object | null;

interface Network {
  readonly analysis: Analysis;
  readonly model: Model;
  readonly classNames: readonly string[];
}

/** The one that is named, else the one around the position, else the first. */
function networkOf(params: protocol.NetworkParams, workspace: Workspace, isFit: (model: Model) => boolean) {
  const analysis = analysisOf(params.textDocument.uri, workspace);
  if (analysis === undefined) return undefined;
  const models = new Map([...modelsByClass(analysis)].filter(([, model]) => isFit(model)));
  const name = [params.className, classAround(analysis, params.position)].find(
    it => it !== undefined && models.has(it),
  );
  const model = name === undefined ? [...models.values()][0] : models.get(name);
  return model && ({ analysis, model, classNames: [...models.keys()] } satisfies Network);
}

function classAround({ source, tree }: Analysis, position: protocol.NetworkParams['position']): string | undefined {
  if (position === undefined) return undefined;
  const offset = source.lines.offsetAt(position);
  const around = tree.body.find(it => it.kind === 'ClassDefinition' && it.start <= offset && offset <= it.end);
  return around?.kind === 'ClassDefinition' ? around.name.name : undefined;
}

function signal(params: protocol.SignalParams, workspace: Workspace): protocol.SignalResult | null {
  const network = networkOf(params, workspace, it => it.graph !== undefined);
  const report = network && signalReport(network.model);
  if (network === undefined || report === undefined) return null;
  const fixed = params.fixed === true ? fixedReport(network, workspace) : undefined;
  const size = { width: params.width ?? 640, height: 220 };
  return {
    className: network.model.className,
    classNames: network.classNames,
    layers: report.rows.map((row, index) => layerOf(row, fixed?.rows[index], workspace)),
    assumptions: report.assumptions,
    picture: drawSignal({ rows: report.rows, ...(fixed && { fixed: fixed.rows }) }, size),
    hasFixed: fixed !== undefined,
  };
}

/** Undefined where nothing is to be fixed, or the repaired network has other layers. */
function fixedReport({ analysis, model }: Network, workspace: Workspace): SignalReport | undefined {
  const before = signalReport(model);
  const repaired = analysisAsFixed(workspace.folderOf(analysis.path).project, analysis);
  const after = repaired && modelsByClass(repaired).get(model.className);
  const report = after && signalReport(after);
  return report?.rows.length === before?.rows.length ? report : undefined;
}

function layerOf(row: SignalRow, fixed: SignalRow | undefined, workspace: Workspace): protocol.SignalLayer {
  const { name, operation, shape, std, band, gradient, gradientBand, state, source, weights, site } = row;
  const place = site && locationOf(site, workspace);
  return {
    name,
    operation,
    std: stdText(std, band),
    gradient: stdText(gradient, gradientBand),
    source,
    weights,
    ...(shape && { shape: shape.map(it => it ?? null) }),
    ...(fixed && {
      fixedStd: stdText(fixed.std, fixed.band),
      fixedGradient: stdText(fixed.gradient, fixed.gradientBand),
    }),
    ...(state && { state }),
    ...(place && { place }),
  };
}

function weights(params: protocol.NetworkParams, workspace: Workspace): protocol.WeightsResult | null {
  const network = networkOf(params, workspace, it => it.parameters.length > 0);
  if (network === undefined) return null;
  const { path } = network.analysis;
  const rows = weightTable(network.model, workspace.folderOf(path).findings(path)).map(({ site, ...row }) => {
    const place = site && locationOf(site, workspace);
    return { ...row, ...(place && { place }) };
  });
  return { className: network.model.className, classNames: network.classNames, rows };
}

async function weight(params: protocol.WeightParams, workspace: Workspace): Promise<protocol.WeightResult | null> {
  const network = networkOf(params, workspace, it => it.parameters.length > 0);
  if (network === undefined) return null;
  const found = await weightDetails(network.model, params.name, hoverOptions(network.analysis.path, workspace));
  if (found === undefined) return null;
  const { name, drawn, spectrum, isOfBlock } = found;
  return {
    name,
    isOfBlock,
    ...(drawn && { summary: drawnText(drawn) }),
    ...(drawn?.picture && { histogram: drawn.picture.uri }),
    ...(spectrum && { spectrum }),
  };
}

function exported(params: protocol.NetworkParams, workspace: Workspace): protocol.ExportResult {
  const network = networkOf(params, workspace, it => it.parameters.length > 0);
  if (network === undefined) return { error: 'there is no network with parameters here' };
  const { seed, torchBuild } = workspace.folderOf(network.analysis.path).settings;
  const file = safetensorsOf(network.model, { seed, build: torchBuild, sampler: samplerOf(workspace.host) });
  return typeof file === 'string' ? { error: file } : { base64: bytesToBase64(file) };
}
