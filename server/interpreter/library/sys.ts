/** `sys`. */

import { allocate } from '../calls.js';
import { nativeModule } from '../imports.js';
import type { Machine } from '../machine.js';
import { Float, Instance, List, Tuple, type Value } from '../values.js';
import { classOf, type Entry, method, silentFunctions, unknownNames, unknownValue } from './define.js';
import { makeNamedTuple } from './namedtuple.js';

const VERSION = [3, 11, 7, 'final', 0] as const;

export function sysNames(m: Machine): Entry[] {
  return [
    ['version_info', versionInfo(m)],
    ['version', `${VERSION.slice(0, 3).join('.')} (main)`],
    ['hexversion', 0x030b07f0],
    ['platform', 'linux'],
    ['byteorder', 'little'],
    ['maxsize', 2n ** 63n - 1n],
    ['maxunicode', 0x10ffff],
    ['path', new List([])],
    ['argv', unknownValue('the command line is not known')],
    ['modules', loadedModules(m)],
    ['float_info', floatInfo(m)],
    ['flags', unknownValue('the flags of the interpreter are not known')],
    method('exit', 'status=None, /', machine => machine.raise('SystemExit', '')),
    method('exc_info', '', () => new Tuple([null, null, null])),
    method('getrecursionlimit', '', () => 1000),
    method('intern', 'string, /', (_, text) => text!),
    ...silentFunctions('setrecursionlimit settrace setprofile'),
    ...unknownNames(
      'the system is not looked at',
      'stdout stderr stdin executable prefix base_prefix getsizeof _getframe getrefcount',
    ),
  ];
}

function versionInfo(m: Machine): Instance {
  const names = ['major', 'minor', 'micro', 'releaselevel', 'serial'];
  const instance = allocate(makeNamedTuple(m, 'version_info', names, new Map(), 'sys'));
  instance.payload = new Tuple(VERSION);
  return instance;
}

function floatInfo(m: Machine): Instance {
  const info = new Instance(classOf(m, 'sys', 'float_info', []));
  const { attributes } = info;
  attributes.set('max', new Float(Number.MAX_VALUE)).set('min', new Float(2.2250738585072014e-308));
  attributes.set('epsilon', new Float(Number.EPSILON)).set('dig', 15).set('mant_dig', 53);
  return info;
}

/** Looks modules up by name; one of files that is not loaded is not there, what comes with the framework always is. */
function loadedModules(m: Machine): Instance {
  const find = (machine: Machine, name: Value): Value | undefined =>
    typeof name === 'string' ? (machine.modules.get(name)?.value ?? nativeModule(machine, name)) : undefined;
  return new Instance(
    classOf(m, 'sys', 'modules', [
      method('__getitem__', 'self, name, /', (machine, _, name) => {
        const found = find(machine, name!);
        return found === undefined ? machine.raise('KeyError', String(name)) : found;
      }),
      method('get', 'self, name, default=None, /', (machine, _, name, fallback) => find(machine, name!) ?? fallback!),
      method('__contains__', 'self, name, /', (machine, _, name) => find(machine, name!) !== undefined),
      method('__setitem__', 'self, name, module, /', () => null),
      method('keys', 'self, /', machine => new List([...machine.modules.keys(), ...machine.nativeModules.keys()])),
      method('__iter__', 'self, /', machine => machine.unknown('the loaded modules are not known')),
    ]),
  );
}
