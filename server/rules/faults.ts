/** What rules about code that raises share: which faults, and how sure it is that they happen. */
import type { Fault, FaultCode, Program } from '../model/model.js';
import type { InitializerCall } from '../model/parameters.js';
import type { Severity } from './rule.js';
import { keyOf } from './statements.js';

/** A fault that an initializer raises. */
export type InitializerFault = Fault & { readonly call: InitializerCall };

/** Faults with these codes, one for each place. */
export function* faultsOf(program: Program, ...codes: readonly FaultCode[]): Iterable<Fault> {
  const seen = new Set<string>();
  for (const fault of program.faults) {
    const key = keyOf(fault.site);
    if (!codes.includes(fault.code) || seen.has(key)) continue;
    seen.add(key);
    yield fault;
  }
}

export function* initializerFaultsOf(program: Program, ...codes: readonly FaultCode[]): Iterable<InitializerFault> {
  for (const fault of faultsOf(program, ...codes)) {
    if (fault.call !== undefined) yield fault as InitializerFault;
  }
}

/** A word of `details`. */
export function detail({ details }: Fault, name: string): string | undefined {
  const value = details.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** On one of several branches or values the code may well be right about what it is given. */
export function isPossible({ details }: Fault): boolean {
  return details.get('maybe') === true;
}

export function severityOf(fault: Fault): Severity {
  return isPossible(fault) ? 'warning' : 'error';
}

/** The argument of this name as it is written; undefined for a default. */
export function argumentOf(call: InitializerCall, name: string | undefined) {
  return call.args.find(it => it.name === name && it.site !== undefined);
}
