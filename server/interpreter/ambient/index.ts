/** Modules of the standard library that describe or touch the world around a program: types, files, time, messages. */
import type { ModuleTable } from '../library/define.js';
import { argparse } from './argparse.js';
import { contextlib } from './contextlib.js';
import { logging, warnings } from './messages.js';
import { os, osPath, pathlib } from './paths.js';
import { importlib, importlibUtil, packagingVersion, sys } from './system.js';
import { types } from './types.js';
import { abc, typing } from './typing.js';

export const ambientModules: Readonly<Record<string, ModuleTable>> = {
  abc,
  argparse,
  contextlib,
  importlib,
  'importlib.util': importlibUtil,
  logging,
  os,
  'os.path': osPath,
  'packaging.version': packagingVersion,
  pathlib,
  sys,
  types,
  typing,
  typing_extensions: typing,
  warnings,
};
