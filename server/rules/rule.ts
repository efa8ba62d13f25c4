/** A rule: a pure function from what a file's evaluation left behind to reports. */
import type { Intent } from '../model/intent.js';
import type { Program } from '../model/model.js';
import type { Site } from '../text/span.js';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Report {
  /** What is underlined. */
  readonly site: Site;
  /** What is wrong, then what it costs, in numbers and the field's units. */
  readonly message: string;
  /** Where the evidence raises or lowers the rule's own grade. */
  readonly severity?: Severity;
  /** The first is preferred. A fix is withheld from fix-all unless it is safe. */
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
}

export interface Related {
  readonly site: Site;
  readonly message: string;
}

export interface Fix {
  /** Says what to do: "Use Kaiming initialization for `relu`". */
  readonly title: string;
  readonly intents: readonly Intent[];
  /** Safe: the code raises, does nothing, or uses an old name; applied by fix-all. */
  readonly safe: boolean;
}

/** What is told of a rule, whatever it looks at. */
export interface RuleInfo {
  /** Names the problem: `gain-mismatch`. */
  readonly id: string;
  /** One sentence for tables: "Finds an initializer whose gain …". */
  readonly summary: string;
  readonly severity: Severity;
  readonly fix: 'safe' | 'unsafe' | 'none';
  readonly since: string;
}

/** Looks at what evaluation left behind. */
export interface Rule extends RuleInfo {
  check(program: Program): Iterable<Report>;
  /** It judges which axis is which: also of classes whose sizes in the file do not tell. */
  readonly tellsAxes?: boolean;
  /** What it says of an initializer holds wherever that runs: also where an option decides whether it does. */
  readonly judgesOptions?: boolean;
}
