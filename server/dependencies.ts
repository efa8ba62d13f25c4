/** Which files were evaluated with which others: a change of one concerns all that lead to it. */
export class Dependencies {
  private readonly imports = new Map<string, Set<string>>();
  private readonly importers = new Map<string, Set<string>>();

  /** Stays noted when the import is gone: what is evaluated once too often does no harm. */
  note(importer: string, imported: string): void {
    if (importer === imported) return;
    add(this.imports, importer, imported);
    add(this.importers, imported, importer);
  }

  /** All that were evaluated with one of the files, these among them. */
  leadingTo(...paths: readonly string[]): ReadonlySet<string> {
    return reachable(this.importers, paths);
  }

  /** All that the file was evaluated with, itself among them. */
  behind(path: string): ReadonlySet<string> {
    return reachable(this.imports, [path]);
  }
}

function add(edges: Map<string, Set<string>>, from: string, to: string): void {
  const known = edges.get(from);
  if (known === undefined) edges.set(from, new Set([to]));
  else known.add(to);
}

function reachable(edges: ReadonlyMap<string, ReadonlySet<string>>, from: readonly string[]): ReadonlySet<string> {
  const reached = new Set(from);
  for (const path of reached) for (const next of edges.get(path) ?? []) reached.add(next);
  return reached;
}
