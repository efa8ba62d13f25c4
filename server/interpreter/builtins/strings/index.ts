/** The methods of `str`. */
import { Slice, type Value } from '../../values.js';
import { integer, positions, string } from '../arguments.js';
import { fail, lazily, type Table } from '../define.js';
import { common, operators } from '../dunders.js';
import { lengthOf, pointsOf } from '../points.js';
import { caseMethods } from './case.js';
import { layoutMethods } from './layout.js';
import { str } from './receiver.js';
import { searchMethods } from './search.js';
import { splitMethods } from './split.js';

export const strMethods: Table = [
  ...common(str),
  str.strict('__str__', '', (_, self) => self),
  ...operators(str, { add: '+', mul: '*', mod: '%' }),
  ...caseMethods,
  ...layoutMethods,
  ...searchMethods,
  ...splitMethods,
  str.strict('__len__', '', (_, self) => lengthOf(self)),
  str.strict('__contains__', 'item, /', (m, self, item) => self.includes(string(m, item!))),
  str.strict('__iter__', '', (_, self) => lazily('str_iterator', pointsOf(self))),
  str.strict('__getitem__', 'index, /', (m, self, index) => {
    const points = pointsOf(self);
    if (index instanceof Slice)
      return positions(m, index, points.length)
        .map(it => points[it]!)
        .join('');
    const at = integer(m, index as Value);
    return points[at < 0 ? at + points.length : at] ?? fail(m, 'IndexError', 'string index out of range');
  }),
];
