/** Writes an intended change as code: the fewest characters that carry it, in the file's own way of writing. */
import type { Intent } from '../../../model/intent.js';
import type { Tree } from '../../../syntax/tree.js';
import { walk } from '../../../syntax/walk.js';
import type { Source } from '../../../text/source.js';
import type { Span } from '../../../text/span.js';
import type { Edit } from '../../framework.js';
import { addReset } from './add-reset.js';
import { nameArgument, setArgument } from './arguments.js';
import { initializeBehind, resetLayersBehind, wrapInParameter } from './behind.js';
import { testClass } from './class-test.js';
import { File } from './file.js';
import { isBareName, renameImported } from './imports.js';
import { initializeModel } from './initialize-model.js';
import { reinitialize } from './reinitialize.js';
import { remake } from './remake.js';
import {
  appendStatement,
  deleteStatement,
  forEachSlice,
  guardStatement,
  moveStatement,
  moveToEnd,
  withoutGrad,
} from './statements.js';
import { withinWidth } from './width.js';

/** Edits in order; undefined when the change cannot be written. */
export function write(intent: Intent, source: Source, tree: Tree): readonly Edit[] | undefined {
  const file = new File(source.text, tree);
  const edits = editsFor(intent, file);
  const call = edits && 'call' in intent ? file.callAt(intent.call.site) : undefined;
  const fitted = edits && call ? withinWidth(file, call, edits) : edits;
  return fitted && [...fitted].sort((a, b) => a.start - b.start);
}

function editsFor(intent: Intent, file: File): readonly Edit[] | undefined {
  switch (intent.kind) {
    case 'reinitialize':
      return reinitialize(file, intent);
    case 'rename':
      return isBareName(file, intent.site)
        ? renameImported(file, intent.site, intent.name)
        : [{ start: intent.site.start, end: intent.site.end, text: intent.name }];
    case 'argument':
      return setArgument(file, intent);
    case 'name-argument':
      return nameArgument(file, intent);
    case 'replace':
      return [{ start: intent.site.start, end: intent.site.end, text: intent.text }];
    case 'delete-statement':
      return deleteStatement(file, intent.site);
    case 'initialize-behind':
      return initializeBehind(file, intent);
    case 'anew':
      return makeAnew(file, intent.site);
    case 'reset-layers':
      return resetLayersBehind(file, intent.site);
    case 'receiver':
      return toReceiver(file, intent.site);
    case 'parameter':
      return wrapInParameter(file, intent.site);
    case 'without-grad':
      return withoutGrad(file, intent.site);
    case 'for-each':
      return forEachSlice(file, intent);
    case 'move-to-end':
      return moveToEnd(file, intent.site);
    case 'wrap':
      return [
        { start: intent.site.start, end: intent.site.start, text: intent.before },
        { start: intent.site.end, end: intent.site.end, text: intent.after },
      ];
    case 'append-statement':
      return appendStatement(file, intent.site, intent.text);
    case 'move-statement':
      return moveStatement(file, intent.site, intent.before);
    case 'attribute':
      return addAttribute(file, intent.site.start, intent.site.end, intent.attribute);
    case 'class-test':
      return testClass(file, intent);
    case 'guard':
      return guardStatement(file, intent.site, (intent.subject ? file.textOf(intent.subject) : '') + intent.condition);
    case 'initialize-model':
      return initializeModel(file, intent.site, intent.plan);
    case 'add-reset':
      return addReset(file, intent.site, intent.starts);
    case 'remake':
      return remake(file, intent);
  }
}

function addAttribute(file: File, start: number, end: number, attribute: string): readonly Edit[] {
  const needsParentheses = !/^[\w.[\]()'"]+$/.test(file.text.slice(start, end));
  if (!needsParentheses) return [{ start: end, end, text: `.${attribute}` }];
  return [
    { start, end: start, text: '(' },
    { start: end, end, text: `).${attribute}` },
  ];
}

function toReceiver(file: File, site: Span): readonly Edit[] | undefined {
  const callee = file.callAt(site)?.callee;
  if (callee?.kind !== 'Attribute') return undefined;
  return [{ start: callee.value.end, end: site.end, text: '' }];
}

/** Only where the one item is a call: another name for the same object stays the same object. */
function makeAnew(file: File, { start, end }: Span): readonly Edit[] | undefined {
  let edit: Edit | undefined;
  walk(file.tree, node => {
    const isInside = start <= node.start && node.end <= end;
    if (isInside && node.kind === 'BinaryOperation' && node.operator === '*' && node.left.kind === 'List') {
      const [item, ...others] = node.left.elements;
      if (item?.kind !== 'Call' || others.length > 0) return false;
      const text = `[${file.textOf(item)} for _ in range(${file.textOf(node.right)})]`;
      edit ??= { start: node.start, end: node.end, text };
    }
    return true;
  });
  return edit && [edit];
}
