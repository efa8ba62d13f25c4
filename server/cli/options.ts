/** Reads command-line arguments by a table of options. */

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** What the value is called in the help; without it the option is a flag. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly description: string;
}

/** What was written, checked against the table. */
export class Arguments {
  constructor(
    readonly positionals: readonly string[],
    readonly values: ReadonlyMap<string, readonly string[]>,
  ) {}

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The last one given. */
  value(name: string): string | undefined {
    return this.values.get(name)?.at(-1);
  }

  /** All that were given. */
  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** All that were given, also with commas; undefined when none was. */
  list(name: string): readonly string[] | undefined {
    const given = this.values.get(name);
    return given?.flatMap(it => it.split(',')).filter(it => it !== '');
  }
}

/** Something in the arguments that makes no sense; ends the program with 2. */
export class UsageError extends Error {}

export function readArguments(args: readonly string[], options: readonly Option[]): Arguments {
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  const waiting = [...args];
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg === '--') {
      positionals.push(...waiting.splice(0));
    } else if (!arg.startsWith('-') || arg === '-') {
      positionals.push(arg);
    } else {
      const [name, value] = readOption(arg, waiting, options);
      values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  return new Arguments(positionals, values);
}

/** `--name`, `--name value`, `--name=value`, `-n`, `-n value`. */
function readOption(arg: string, waiting: string[], options: readonly Option[]): readonly [string, string] {
  const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
  const written = equals < 0 ? arg : arg.slice(0, equals);
  const option = options.find(it => `--${it.name}` === written || `-${it.short}` === written);
  if (option === undefined) throw new UsageError(`there is no option ${written}${suggestion(written, options)}`);
  if (option.value === undefined) {
    if (equals >= 0) throw new UsageError(`${written} takes no value`);
    return [option.name, ''];
  }
  const value = equals < 0 ? waiting.shift() : arg.slice(equals + 1);
  if (value === undefined) throw new UsageError(`${written} needs a value: ${written} ${option.value}`);
  return [option.name, checkChoice(option, value)];
}

function checkChoice({ name, choices }: Option, value: string): string {
  if (choices === undefined || choices.includes(value)) return value;
  throw new UsageError(`--${name} is one of ${choices.join(', ')}, not ${value}`);
}

function suggestion(written: string, options: readonly Option[]): string {
  const nearest = closest(
    written,
    options.map(it => `--${it.name}`),
  );
  return nearest === undefined ? '' : `; is ${nearest} meant?`;
}

/** The candidate that a typing error would make of `written`; undefined when none is near. */
export function closest(written: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map(candidate => ({ candidate, distance: editDistance(written, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const [first] = ranked;
  return first !== undefined && first.distance <= Math.ceil(written.length / 3) ? first.candidate : undefined;
}

/** Levenshtein's. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
