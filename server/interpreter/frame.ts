/** One call of Python code, with the place that it has reached. */
import type { Call, Located, Node } from '../syntax/tree.js';
import type { Site } from '../text/span.js';
import type { SourceModule } from './modules.js';
import type { Scope } from './scope.js';
import type { Func, Value } from './values.js';

export class Frame {
  /** What is being evaluated: the innermost call, test or assignment. */
  node: Located | undefined;
  /** Set by a return statement. */
  result: Value = null;
  /** Values of returns on branches that may have been taken; joined with `result` at the end. */
  maybeResults: Value[] | undefined;

  /** Of a generator: what the `yield`s of the statement that it has reached came to. */
  sent: Map<Node, Value> | undefined;

  /** True where one branch has left the loop around by `break`, and another goes on in it. */
  mayBreak = false;

  readonly depth: number;
  /** How many of the frames from here outwards are in code that the user owns. */
  readonly owned: number;
  /** How many undecided conditions and loops its call stands under. */
  doubts = 0;

  constructor(
    readonly module: SourceModule,
    public scope: Scope,
    readonly parent: Frame | undefined,
    readonly func?: Func,
  ) {
    this.depth = (parent?.depth ?? 0) + 1;
    this.owned = (parent?.owned ?? 0) + (module.isUserCode ? 1 : 0);
  }

  /** Notes results of branches that may have been taken. */
  mayReturn(results: readonly Value[]): void {
    this.maybeResults = [...(this.maybeResults ?? []), ...results];
  }
}

/** Calls of one function, each within the one before and under conditions of its own that nothing decides. */
const MOST_DOUBTFUL = 2;

/** Whether the call is one more turn of a recursion that nothing known would end. */
export function isBottomless(caller: Frame | undefined, func: Func, doubts: number): boolean {
  let turns = 0;
  let least = doubts;
  for (let frame = caller; frame !== undefined && least > 0; frame = frame.parent) {
    if (frame.func?.definition !== func.definition || frame.scope.kind !== 'function') continue;
    if (frame.doubts >= least) continue;
    least = frame.doubts;
    if (++turns >= MOST_DOUBTFUL) return true;
  }
  return false;
}

/** The innermost frame in the user's own code that has come to a place; where there is none, the innermost of all. */
export function placedFrame(innermost: Frame | undefined): Frame | undefined {
  if (innermost !== undefined && innermost.owned > 0) {
    for (let frame: Frame | undefined = innermost; frame; frame = frame.parent)
      if (frame.node && frame.module.isUserCode) return frame;
  }
  let frame = innermost;
  while (frame && !frame.node) frame = frame.parent;
  return frame;
}

/** Where the user's own code made the calls that led there, from the one of the innermost of its frames outwards. */
export function callersOf(innermost: Frame | undefined): readonly Site[] {
  if (innermost === undefined || innermost.owned === 0) return NONE;
  const sites: Site[] = [];
  for (let frame = placedFrame(innermost)?.parent; frame; frame = frame.parent) {
    if (frame.node && frame.module.isUserCode) sites.push(siteOf(frame.module, frame.node));
  }
  return sites;
}

const NONE: readonly never[] = [];

export function siteOf(module: SourceModule, node: Located): Site {
  return { path: module.path, start: node.start, end: node.end };
}

/** The place of `x[index]`, where that is what is being evaluated, and of its index. */
export function subscriptAt(frame: Frame | undefined): { readonly site: Site; readonly index: Site } | undefined {
  const node = frame?.node as Node | undefined;
  if (frame === undefined || node?.kind !== 'Subscript') return undefined;
  return { site: siteOf(frame.module, node), index: siteOf(frame.module, node.index) };
}

/** The place of a call that a native was reached by. */
export interface CallSite {
  /** The whole call. */
  readonly site: Site;
  /** The function's name. */
  readonly callee: Site;
  /** The callee as written: `nn.init.zeros_`. */
  readonly written: string;
  /** One per positional argument as written, stars included. */
  readonly positional: readonly Site[];
  readonly keywords: ReadonlyMap<string, { readonly value: Site; readonly whole: Site }>;
}

const callSites = new WeakMap<Call, CallSite>();

/** Made once for every call in the text, however often it is evaluated. */
export function callSiteOf(call: Call, module: SourceModule): CallSite {
  let site = callSites.get(call);
  if (site === undefined) {
    site = newCallSite(call, module);
    callSites.set(call, site);
  }
  return site;
}

function newCallSite(call: Call, module: SourceModule): CallSite {
  const place = (node: Located) => siteOf(module, node);
  const name = call.callee.kind === 'Attribute' ? call.callee.attribute : call.callee;
  return {
    site: place(call),
    callee: place(name),
    written: module.text.slice(call.callee.start, call.callee.end),
    positional: call.args.map(place),
    keywords: new Map(
      call.keywords.flatMap(it => (it.name ? [[it.name.name, { value: place(it.value), whole: place(it) }]] : [])),
    ),
  };
}
