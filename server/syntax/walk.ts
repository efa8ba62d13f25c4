/** Ways through a tree. None of them recurses: a sum of ten thousand terms is ten thousand nodes deep. */
import { childrenOf } from './children.js';
import type { Node, Tree } from './tree.js';

export { childrenOf };

/** Calls `visit` for the node and all below it, in source order; the children of one that answers false are left out. */
export function walk(root: Tree | Node, visit: (node: Node) => boolean | undefined): void {
  const waiting: Node[] = 'kind' in root ? [root] : root.body.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visit(node) === false) continue;
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index--) waiting.push(children[index]!);
  }
}

export interface Place {
  /** The innermost node that holds or touches the offset. */
  readonly node: Node;
  /** What it lies in, outermost first. */
  readonly ancestors: readonly Node[];
}

/** Where two nodes touch at the offset, the later one is meant, as under an editor's cursor. */
export function nodeAt(tree: Tree, offset: number): Place | undefined {
  const path: Node[] = [];
  let candidates: readonly Node[] = tree.body;
  for (;;) {
    const found = candidates.findLast(node => startOf(node) <= offset && offset <= node.end);
    if (found === undefined) break;
    path.push(found);
    candidates = childrenOf(found);
  }
  const node = path.at(-1);
  return node === undefined ? undefined : { node, ancestors: path.slice(0, -1) };
}

/** Decorators lie before the definition that they belong to. */
function startOf(node: Node): number {
  const isDefinition = node.kind === 'FunctionDefinition' || node.kind === 'ClassDefinition';
  return isDefinition ? (node.decorators[0]?.start ?? node.start) : node.start;
}
