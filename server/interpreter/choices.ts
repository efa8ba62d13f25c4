/** Conditions that nothing known decides, and what somebody else decides about them. */
import type { If } from '../syntax/tree.js';
import { walk } from '../syntax/walk.js';
import type { Site } from '../text/span.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import type { Func } from './values.js';

/** A statement of which both branches were run. */
export interface UndecidedIf {
  readonly key: string;
  readonly site: Site;
  readonly test: Site;
  readonly body: Site;
  readonly otherwise?: Site;
}

/** What was decided about the statement beforehand; undefined, and noted, where nothing was. */
export function decisionOf(m: Machine, { module: { path } }: Frame, node: If): boolean | undefined {
  const key = `${path}:${node.start}`;
  const decision = m.options.decisions?.get(key);
  if (decision === undefined && !m.undecidedIfs.has(key)) m.undecidedIfs.set(key, undecided(key, path, node));
  return decision;
}

function undecided(key: string, path: string, { start, end, test, body, otherwise }: If): UndecidedIf {
  const siteOf = (from: { readonly start: number }, to: { readonly end: number }): Site => {
    return { path, start: from.start, end: to.end };
  };
  const [first] = otherwise;
  return {
    key,
    site: { path, start, end },
    test: siteOf(test, test),
    // Of one that is half typed there may be no body yet.
    body: siteOf(body[0] ?? test, body.at(-1) ?? test),
    ...(first && { otherwise: siteOf(first, otherwise.at(-1)!) }),
  };
}

/** Whether a condition stands around what runs, in one of the functions that it is in. */
export function isConditional(innermost: Frame | undefined): boolean {
  for (let frame = innermost; frame !== undefined; frame = frame.parent) {
    if (frame.func !== undefined && frame.node !== undefined && isInIf(frame.func.definition, frame.node.start))
      return true;
  }
  return false;
}

function isInIf(definition: Func['definition'], offset: number): boolean {
  const holds = ({ start, end }: { readonly start: number; readonly end: number }) => start <= offset && offset < end;
  let isFound = false;
  walk(definition, node => {
    if (node.kind === 'If' && [...node.body, ...node.otherwise].some(holds)) isFound = true;
    return holds(node);
  });
  return isFound;
}
