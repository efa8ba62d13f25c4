/** What the panels ask for: the signal of a network, its weights, one of them drawn, all of them as a file. */
import type { WorkDoneProgressParams } from 'vscode-languageserver';
import type { Steps } from '../../core/propagation/simulation/index.js';
import type { Analysis } from '../analyze.js';
import { asFixed } from '../features/fixed.js';
import { bytesToBase64 } from '../features/hover/base64.js';
import { drawnText } from '../features/hover/parameter.js';
import { classAround, type Model, modelsByClass } from '../features/lenses.js';
import { safetensorsOf } from '../features/safetensors.js';
import { drawSignal } from '../features/signal/picture.js';
import { type Method, refinedReport } from '../features/signal/refine.js';
import type { SignalReport, SignalRow } from '../features/signal/rows.js';
import { type SizedModel, withSizes } from '../features/signal/sized.js';
import { stdText } from '../features/signal/wording.js';
import { weightDetails, weightTable } from '../features/weight-table.js';
import { samplerOf } from '../sampler.js';
import { thousands } from '../text/counts.js';
import { hoverOptions } from './hover.js';
import { analysisOf, locationOf } from './lookups.js';
import type { Asked, Look, Progress } from './progress.js';
import * as protocol from './protocol.js';
import type { Shared } from './session.js';
import { shapeOf } from './settings.js';
import type { Workspace } from './workspace.js';

export function answerPreviews({ connection, guard, workspace, progress }: Shared): void {
  const answer = <P extends WorkDoneProgressParams>(
    method: string,
    respond: (params: P, workspace: Workspace, long: Long) => Answer | Promise<Answer>,
  ) =>
    connection.onRequest(
      method,
      guard.answering<P, Answer>(method, (params, token) => respond(params, workspace, { progress, params, token })),
    );
  answer(protocol.signalRequest, signal);
  answer(protocol.weightsRequest, weights);
  answer(protocol.weightRequest, weight);
  answer(protocol.exportRequest, exported);
}

type Answer = object | null;

/** What work that may take long needs to know of its request. */
interface Long extends Asked {
  readonly progress: Progress;
}

interface Network {
  readonly analysis: Analysis;
  readonly model: Model;
  readonly networks: readonly protocol.NetworkPlace[];
}

/** The one that is named, else the one around the position, else the first. */
function networkOf(params: protocol.NetworkParams, workspace: Workspace, isFit: (model: Model) => boolean) {
  const analysis = analysisOf(params.textDocument.uri, workspace);
  if (analysis === undefined) return undefined;
  const models = new Map([...modelsByClass(analysis)].filter(([, model]) => isFit(model)));
  const { position } = params;
  const around = position && classAround(analysis, analysis.source.lines.offsetAt(position));
  const name = [params.className, around?.name.name].find(it => it !== undefined && models.has(it));
  const model = name === undefined ? [...models.values()][0] : models.get(name);
  if (model === undefined) return undefined;
  return { analysis, model, networks: [...placed(models, analysis, workspace)] } satisfies Network;
}

function* placed(
  models: ReadonlyMap<string, Model>,
  analysis: Analysis,
  workspace: Workspace,
): Iterable<protocol.NetworkPlace> {
  for (const [className, { site }] of models) {
    const definition = classAround(analysis, site.start);
    const place = definition && locationOf({ ...definition, path: analysis.path }, workspace);
    yield { className, ...(place && { place }) };
  }
}

async function signal(params: protocol.SignalParams, workspace: Workspace, long: Long) {
  const network = networkOf(params, workspace, it => it.graph !== undefined);
  if (network === undefined) return null;
  const { analysis, model } = network;
  const { project, settings } = workspace.folderOf(analysis.path);
  const { seed, torchBuild: build } = settings;
  const inputShape = shapeOf(params.inputShape) ?? settings.inputShape;
  const sized = (of: Model) =>
    params.refined === true || inputShape !== undefined ? withSizes(project, analysis, of, inputShape) : { model: of };
  const asWritten = sized(model);
  const repaired =
    params.fixed === true ? asFixed(project, analysis, it => sizedIn(it, model.className, sized)) : undefined;
  const refine = (of: Model, method: Method) => {
    const options = { method, seed, build, sampler: samplerOf(workspace.host) };
    return long.progress.during(`Simulating ${of.className}`, long, look => inTurns(refinedReport(of, options), look));
  };
  const method = params.refined === true ? 'auto' : 'theory';
  const report = await refine(asWritten.model, method);
  if (typeof report === 'string') return null;
  const fixed = repaired && (await refine(repaired, method));
  const exact = params.refined === true ? await refine(asWritten.model, 'exact') : 'not asked for';
  return signalResult(network, { report, ...alike(report, { fixed, exact }), seed, ...asWritten }, params, workspace);
}

function sizedIn(repaired: Analysis, className: string, sized: (of: Model) => SizedModel): Model | undefined {
  const model = modelsByClass(repaired).get(className);
  return model && sized(model).model;
}

interface Reports {
  readonly fixed?: SignalReport;
  readonly exact?: SignalReport;
}

/** Only of networks with the same layers. */
function alike(
  report: SignalReport,
  others: Readonly<Record<keyof Reports, SignalReport | string | undefined>>,
): Reports {
  const fits = (other: SignalReport | string | undefined): other is SignalReport =>
    typeof other === 'object' && other.rows.length === report.rows.length;
  const { fixed, exact } = others;
  return { ...(fits(fixed) && { fixed }), ...(fits(exact) && { exact }) };
}

function signalResult(
  { model, networks }: Network,
  given: Reports & {
    readonly report: SignalReport;
    readonly assumption?: string;
    readonly problem?: string;
    readonly seed: number | bigint;
  },
  params: protocol.SignalParams,
  workspace: Workspace,
): protocol.SignalResult {
  const { report, fixed, exact, assumption, problem, seed } = given;
  const size = { width: params.width ?? 640, height: 220 };
  return {
    className: model.className,
    networks,
    layers: report.rows.map((row, index) => layerOf(row, fixed?.rows[index], exact?.rows[index], workspace)),
    assumptions: [...report.assumptions, ...(assumption === undefined ? [] : [assumption])],
    picture: drawSignal({ rows: report.rows, ...(fixed && { fixed: fixed.rows }) }, size),
    hasFixed: fixed !== undefined,
    ...(problem !== undefined && { problem }),
    ...(exact && { seed: String(seed) }),
  };
}

async function inTurns<T>(steps: Steps<T>, look: Look): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await look();
  }
}

function layerOf(
  row: SignalRow,
  fixed: SignalRow | undefined,
  exact: SignalRow | undefined,
  workspace: Workspace,
): protocol.SignalLayer {
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
    ...(exact?.source === 'exact simulation' && {
      seedStd: stdText(exact.std, undefined),
      seedGradient: stdText(exact.gradient, undefined),
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
  return { className: network.model.className, networks: network.networks, rows };
}

async function weight(
  params: protocol.WeightParams,
  workspace: Workspace,
  long: Long,
): Promise<protocol.WeightResult | null> {
  const network = networkOf(params, workspace, it => it.parameters.length > 0);
  if (network === undefined) return null;
  const options = {
    ...hoverOptions(network.analysis.path, workspace),
    effort: params.whole ? 'whole' : 'glance',
  } as const;
  const found = await long.progress.during(`Drawing ${params.name}`, long, watch =>
    weightDetails(network.model, params.name, { ...options, watch }),
  );
  if (found === undefined) return null;
  const { name, drawn, spectrum, isOfBlock } = found;
  return {
    name,
    isOfBlock,
    ...(drawn && { summary: drawnText(drawn) }),
    ...(drawn?.summary.sampled && { unseen: thousands(drawn.count) }),
    ...(drawn?.picture && { histogram: drawn.picture.uri }),
    ...(spectrum && { spectrum: { ...spectrum, condition: finite(spectrum.condition) } }),
  };
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);

async function exported(
  params: protocol.NetworkParams,
  workspace: Workspace,
  long: Long,
): Promise<protocol.ExportResult> {
  const network = networkOf(params, workspace, it => it.parameters.length > 0);
  if (network === undefined) return { error: 'there is no network with parameters here' };
  const { seed, torchBuild } = workspace.folderOf(network.analysis.path).settings;
  const writing = safetensorsOf(network.model, { seed, build: torchBuild, sampler: samplerOf(workspace.host) });
  const file = await long.progress.during('Drawing all weights', long, look => inTurns(writing, look));
  return typeof file === 'string' ? { error: file } : { base64: bytesToBase64(file) };
}
