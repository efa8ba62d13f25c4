/** Tells which blocks can be left before their end. */
import type * as tree from '../syntax/tree.js';

const jumping = new WeakMap<readonly tree.Statement[], boolean>();

/** Whether a return, break or continue stands in the statements. */
export function jumps(body: readonly tree.Statement[]): boolean {
  let answer = jumping.get(body);
  if (answer === undefined) {
    answer = body.some(jumpsIn);
    jumping.set(body, answer);
  }
  return answer;
}

function jumpsIn(statement: tree.Statement): boolean {
  switch (statement.kind) {
    case 'Return':
    case 'Break':
    case 'Continue':
      return true;
    case 'If':
      return jumps(statement.body) || jumps(statement.otherwise);
    case 'For':
    case 'While':
    case 'With':
      return jumps(statement.body);
    case 'Try':
      return jumps(statement.body) || statement.handlers.some(it => jumps(it.body));
    default:
      return false;
  }
}
