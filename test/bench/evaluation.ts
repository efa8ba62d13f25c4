/** Evaluation alone, without draws, of every model that torchvision registers, in a process that is warm. */
import { readdirSync, readFileSync } from 'node:fs';
import type * as analysis from '../../server/analyze.js';
import type * as node from '../../server/node/files.js';
import { bundled } from './common/bundle.js';
import { median, show } from './common/figures.js';
import { torchvision } from './common/processes.js';

const ROUNDS = 5;

const { createProject, evaluateTarget, nodeFiles } = await bundled<typeof analysis & typeof node>(
  "export * from './server/analyze.js'; export { nodeFiles } from './server/node/files.js';",
);
const sitePackages = [torchvision.slice(0, torchvision.indexOf('/torchvision'))];
const files = { ...nodeFiles, decodeUtf8: (bytes: Uint8Array) => new TextDecoder().decode(bytes) };
const project = createProject({ files, roots: [], pythonPath: [], sitePackages });

const targets = [...registered(torchvision, 'torchvision.models')];
const times = new Map(targets.map((it): [string, number[]] => [it, []]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const target of targets) {
    const time = timeOf(target);
    if (round > 0) times.get(target)!.push(time);
  }
}
const medians = [...times].map(([target, samples]) => ({ target, time: median(samples) }));
const slowest = medians.reduce((a, b) => (b.time > a.time ? b : a));
show({ name: `median of ${targets.length} models`, value: median(medians.map(it => it.time)), unit: 'ms', atMost: 15 });
show({ name: `slowest, ${slowest.target}`, value: slowest.time, unit: 'ms', atMost: 50 });

function timeOf(target: string): number {
  const start = performance.now();
  const result = evaluateTarget(project, target);
  if ('error' in result) throw new Error(`${target}: ${result.error}`);
  return performance.now() - start;
}

/** The functions behind `@register_model()`, as the command line names them. */
function* registered(folder: string, module: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !/quantization|__/.test(entry.name)) {
      yield* registered(`${folder}/${entry.name}`, `${module}.${entry.name}`);
    }
    if (!entry.name.endsWith('.py')) continue;
    const text = readFileSync(`${folder}/${entry.name}`, 'utf8');
    const name = `${module}.${entry.name.slice(0, -3)}`;
    for (const [header, factory] of text.matchAll(
      /^@register_model\([^)]*\)\n(?:@.*\n(?:[ )].*\n)*)*def (\w+)\([^)]*\)/gm,
    )) {
      const backbone = header.includes('weights_backbone') ? ', weights_backbone=None' : '';
      yield `${name}::${factory}(weights=None${backbone})`;
    }
  }
}
