/** `recovery.md` as tests: under each heading a text that is being typed, and what is left of it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { parse } from '../../server/syntax/parse.js';
import { outlineOf } from './outline.js';

const PAGE = new URL('recovery.md', import.meta.url);
const CASE = /^## (.+)\n([\s\S]*?)^```py\n([\s\S]*?)^```\n+```outline\n([\s\S]*?)^```$/gm;

const page = readFileSync(PAGE, 'utf8');

if (process.env.UPDATE === '1') {
  writeFileSync(
    PAGE,
    page.replace(CASE, (_, title, prose, code) => caseOf(title, prose, code)),
  );
} else {
  const cases = [...page.matchAll(CASE)];
  test('every heading has a case', () => assert.equal(cases.length, page.match(/^## /gm)?.length));
  for (const [, title, , code, outline] of cases) {
    test(title!, () => assert.equal(`${outlineOf(parse(code!), code!)}\n`, outline));
  }
}

function caseOf(title: string, prose: string, code: string): string {
  return `## ${title}\n${prose}\`\`\`py\n${code}\`\`\`\n\n\`\`\`outline\n${outlineOf(parse(code), code)}\n\`\`\``;
}
