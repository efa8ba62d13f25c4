/** The std that a call of an initializer really gives, as a hint behind the call. */
import { number } from '../../core/describe-spec.js';
import type { Analysis } from '../analyze.js';
import type { InitializerCall, Parameter } from '../model/parameters.js';
import { isSameSite, type Span } from '../text/span.js';
import { startNumbersOf } from './numbers.js';

export interface Hint {
  /** Where the call ends. */
  readonly at: number;
  readonly text: string;
  /** The parameters that it is about. */
  readonly details: string;
}

export function hintsIn(analysis: Analysis, { start, end }: Span): readonly Hint[] {
  const { path, program } = analysis;
  const parameters = program.models.flatMap(it => it.parameters);
  const calls = new Map(program.calls.filter(it => it.site.path === path).map(it => [it.site.start, it]));
  return [...calls.values()]
    .filter(it => it.site.end >= start && it.site.start <= end)
    .flatMap(call => hintOf(call, parameters) ?? [])
    .sort((a, b) => a.at - b.at);
}

/** Only of values that stay: what is overwritten later has no effect. */
function hintOf({ site }: InitializerCall, parameters: readonly Parameter[]): Hint | undefined {
  const stds = new Map<string, number>();
  for (const parameter of parameters) {
    const { write, std } = startNumbersOf(parameter);
    if (write === undefined || std === undefined || std === 0 || !isSameSite(write.site, site)) continue;
    stds.set(parameter.name, std);
  }
  const values = [...stds.values()];
  if (values.length === 0) return undefined;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const text = number(low) === number(high) ? `std ${number(low)}` : `std ${number(low)} … ${number(high)}`;
  const named = [...stds].slice(0, 12).map(([name, std]) => `${name}: ${number(std)}`);
  return {
    at: site.end,
    text,
    details: [...named, ...(stds.size > 12 ? [`and ${stds.size - 12} more`] : [])].join('\n'),
  };
}
