/** What Python 3.8 to 3.14 added to the language, and what stays a name although it is a keyword elsewhere. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from '../../server/syntax/parse.js';

const SHAPES: readonly [source: string, shape: string][] = [
  // 3.8: assignment expressions, positional-only parameters, f-strings that print themselves
  ['(n := f(a))', '(Expression (NamedExpression (Name n) (Call (Name f) (Name a))))'],
  ['def f(a, /, b, *, c): pass', '(FunctionDefinition f (((a positionalOnly) (b any) (c keywordOnly))) (Pass))'],
  ["f'{x=}'", "(Expression (JoinedString (String 'x=') (Interpolation (Name x) r)))"],
  [
    "f'{x = !s:>3}'",
    "(Expression (JoinedString (String 'x = ') (Interpolation (Name x) s (JoinedString (String '>3')))))",
  ],
  // 3.9 and 3.10: any decorator, `with` in parentheses
  ['@a[0]\ndef f(): pass', '(FunctionDefinition f (()) (Pass) (Subscript (Name a) (Int 0)))'],
  ['with (a as b, c): pass', '(With ((Name a) (Name b)) ((Name c)) (Pass))'],
  ['with (a, b) as c: pass', '(With ((Tuple (Name a) (Name b)) (Name c)) (Pass))'],
  ['with (a): pass', '(With ((Name a)) (Pass))'],
  // 3.11: `except*`, stars in subscripts
  ['try: pass\nexcept* A: pass', '(Try (Pass) ((Name A) (Pass)) isStar)'],
  ['x[*a]', '(Expression (Subscript (Name x) (Tuple (Starred (Name a)))))'],
  ['def f(*a: *b): pass', '(FunctionDefinition f (((a variadic (Starred (Name b))))) (Pass))'],
  // 3.12: PEP 701, PEP 695
  ["f'{a['b']}'", "(Expression (JoinedString (Interpolation (Subscript (Name a) (String 'b')))))"],
  [
    "f'{f'{f'{1}'}'}'",
    '(Expression (JoinedString (Interpolation (JoinedString (Interpolation (JoinedString (Interpolation (Int 1))))))))',
  ],
  ["f'{\na # b\n}'", '(Expression (JoinedString (Interpolation (Name a))))'],
  ["f'{'\\n'.join(a)}'", "(Expression (JoinedString (Interpolation (Call (Attribute (String '\\n') join) (Name a)))))"],
  [
    "f'{a:{b}.{c}}'",
    "(Expression (JoinedString (Interpolation (Name a) (JoinedString (Interpolation (Name b)) (String '.') (Interpolation (Name c))))))",
  ],
  ['type A = int', '(TypeAlias A (Name int))'],
  ['type A[T: int, *Ts, **P] = T', '(TypeAlias A (TypeVar T (Name int)) (TypeVarTuple Ts) (ParamSpec P) (Name T))'],
  ['class A[T](B): pass', '(ClassDefinition A (Name B) (Pass) (TypeVar T))'],
  ['def f[T](a: T) -> T: pass', '(FunctionDefinition f (((a any (Name T)))) (Name T) (Pass) (TypeVar T))'],
  // 3.13: PEP 696
  [
    'class A[T = int, *Ts = *B]: pass',
    '(ClassDefinition A (Pass) (TypeVar T (Name int)) (TypeVarTuple Ts (Starred (Name B))))',
  ],
  // 3.14: PEP 750, PEP 758
  ["t'a{b!r:c}'", "(Expression (TemplateString (String 'a') (Interpolation (Name b) r (JoinedString (String 'c')))))"],
  ["rt'\\d{b}' t'c'", "(Expression (TemplateString (String '\\\\d') (Interpolation (Name b)) (String 'c')))"],
  ['try: pass\nexcept A, B: pass', '(Try (Pass) ((Tuple (Name A) (Name B)) (Pass)))'],
  ['try: pass\nexcept* A, B: pass', '(Try (Pass) ((Tuple (Name A) (Name B)) (Pass)) isStar)'],
  // names everywhere else
  ['match = case = type = _ = 1', '(Assign (Name match) (Name case) (Name type) (Name _) (Int 1))'],
  ['match(x)', '(Expression (Call (Name match) (Name x)))'],
  ['match[x]: int', '(AnnotatedAssign (Subscript (Name match) (Name x)) (Name int))'],
  ['match -x', '(Expression (BinaryOperation - (Name match) (Name x)))'],
  ['match not in x', "(Expression (Comparison (Name match) 'not in' (Name x)))"],
  ['match(x):\n case 1: pass', '(Match (Name x) ((MatchValue (Int 1)) (Pass)))'],
  ['match -x, *y:\n case _: pass', '(Match (Tuple (UnaryOperation - (Name x)) (Starred (Name y))) ((MatchAs) (Pass)))'],
  ['type(x)', '(Expression (Call (Name type) (Name x)))'],
  ['type.x = 1', '(Assign (Attribute (Name type) x) (Int 1))'],
  ['print(f, t, rb, u)', '(Expression (Call (Name print) (Name f) (Name t) (Name rb) (Name u)))'],
];

for (const [source, shape] of SHAPES) {
  test(JSON.stringify(source), () => {
    const { body, problems } = parse(source);
    assert.deepEqual(problems, []);
    assert.equal(body.map(shapeOf).join(' '), shape);
  });
}

/** Kind, scalars and parts in order; names bare, other text quoted; what is empty, false or a place left out. */
function shapeOf(value: unknown): string {
  if (typeof value === 'string')
    return /^(\w+|[-+*/]+)$/.test(value) ? value : `'${JSON.stringify(value).slice(1, -1)}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(shapeOf).join(' ');
  if ('name' in value && Object.keys(value).length === 3) return shapeOf(value.name);
  return `(${partsOf(value).join(' ')})`;
}

function partsOf(value: object): string[] {
  const isText = 'kind' in value && value.kind === 'String';
  return Object.entries(value).flatMap(([key, part]) => {
    const isSkipped = key === 'start' || key === 'end' || part === false || (Array.isArray(part) && part.length === 0);
    if (isSkipped && !(key === 'list')) return [];
    if (isText && key === 'value') return [`'${JSON.stringify(part).slice(1, -1)}'`];
    return [key === 'list' ? `(${shapeOf(part)})` : part === true ? key : shapeOf(part)];
  });
}

test('names are what NFKC makes of them, their spans what was written', () => {
  const [statement] = parse('ﬁ = 1').body;
  assert.deepEqual(statement?.kind === 'Assign' && statement.targets[0], {
    kind: 'Name',
    start: 0,
    end: 1,
    name: 'fi',
  });
});

test('line breaks, tabs, form feeds and marks', () => {
  for (const source of [
    'if a:\r\n\tb\r\n\tc\r\n',
    'if a:\r\tb\r\tc\r',
    '\ufeffif a:\n\x0c        b\n\tc\n',
    'if \\\n a:\n  b;c',
  ]) {
    const { body, problems } = parse(source);
    assert.deepEqual(problems, [], JSON.stringify(source));
    assert.equal(body[0]?.kind === 'If' && body[0].body.length, 2);
  }
});

test('comments are kept with their places', () => {
  const source = '# a\nx = (1, # b\n  2)\nf(f"{1 # c\n}") # d';
  const { comments } = parse(source);
  assert.deepEqual(
    comments.map(({ text }) => text),
    ['# a', '# b', '# c', '# d'],
  );
  for (const { start, end, text } of comments) assert.equal(source.slice(start, end), text);
});

test('a function with a yield of its own is a generator', () => {
  const sources: readonly [string, boolean][] = [
    ['def f(): yield', true],
    ['def f(): x = yield from y', true],
    ['def f():\n if a:\n  return (yield)', true],
    ["def f(): return f'{(yield)}'", true],
    ['def f(): return lambda: (yield)', false],
    ['def f():\n def g(): yield', false],
    ['def f(a=(yield)): pass', false],
  ];
  for (const [source, isGenerator] of sources) {
    const [statement] = parse(source).body;
    assert.equal(statement?.kind === 'FunctionDefinition' && statement.isGenerator, isGenerator, source);
  }
});

test('number literals have the values that Python gives them', () => {
  const numbers = '0 00 1_000 0xFF 0b101 0o17 9007199254740991 9007199254740993 1. .5 1e3 1_0.5e-1'.split(' ');
  const values = numbers.map(number => {
    const [statement] = parse(number).body;
    return statement?.kind === 'Expression' && 'value' in statement.value && statement.value.value;
  });
  assert.deepEqual(values, [0, 0, 1000, 255, 5, 15, 9007199254740991, 9007199254740993n, 1, 0.5, 1000, 1.05]);
});
