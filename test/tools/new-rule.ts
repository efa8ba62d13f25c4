/** `npm run new-rule <id>`: a rule that finds nothing, and a page whose example fails until it does. */
import { existsSync, writeFileSync } from 'node:fs';
import { camelCase, rulesFolder } from './rule-files.js';

const id = process.argv[2] ?? '';
const path = `${rulesFolder}${id}`;

if (!/^[a-z]+(-[a-z]+)*$/.test(id)) fail('Usage: npm run new-rule <id>, as in gain-mismatch: it names the problem');
if (existsSync(`${path}.ts`)) fail(`server/rules/${id}.ts exists`);

writeFileSync(
  `${path}.ts`,
  `/** Finds … */
import type { Rule } from './rule.js';

export const ${camelCase(id)}: Rule = {
  id: '${id}',
  summary: 'Finds …',
  severity: 'warning',
  fix: 'none',
  since: '0.1.0',

  *check(_program) {
    // One report for each statement, about the worst parameter that it reaches.
  },
};
`,
);
writeFileSync(
  `${path}.md`,
  `## What it does

## Why it matters

## Example

\`\`\`py
from torch import nn

net = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
nn.init.normal_(net[0].weight)  # warning[${id}]: what is wrong
\`\`\`

## Use instead

## When not to use it

## References
`,
);
console.log(
  `server/rules/${id}.ts and .md are there; npm run generate, then npm test is red until the rule finds its example`,
);

function fail(reason: string): never {
  console.error(reason);
  process.exit(2);
}
