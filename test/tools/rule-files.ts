/** The rules as files: a rule is a module with a page of the same name beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const rulesFolder = `${root}server/rules/`;

export function ruleIds(): readonly string[] {
  const modules = readdirSync(rulesFolder).filter(it => it.endsWith('.ts'));
  const ids = modules.map(it => it.slice(0, -'.ts'.length));
  return ids.filter(it => existsSync(`${rulesFolder}${it}.md`)).sort();
}

/** `gain-mismatch` as an identifier: `gainMismatch`. */
export function camelCase(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
