/** What keeps people with screen readers, or who need contrast, from a page: by the rules of axe. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Of contrast, names, roles and the like; a page within the editor needs no headings of a page of its own. */
const options = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
};

export async function problemsOf(frame) {
  await frame.evaluate(axe);
  const { violations } = await frame.evaluate(given => globalThis.axe.run(document, given), options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`);
}
