/**
 * Torchvision's classification models with one mistake in each, and a script that makes them: every explicit initializer of a weight
 * is replaced by a wrong one, and the finding must be there, or the silence must have a reason.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze, createProject } from '../../server/analyze.js';
import { nodeFiles } from '../../server/node/files.js';

const PACKAGES = '/usr/lib/python3/dist-packages';
const MODELS = join(PACKAGES, 'torchvision/models');

/** What stands at the call's place afterwards. */
const MISTAKES = {
  zeros: (prefix: string, weight: string) => `${prefix}zeros_(${weight})`,
  meanAsStd: (prefix: string, weight: string) => `${prefix}normal_(${weight}, 0.02)`,
  large: (prefix: string, weight: string) => `${prefix}normal_(${weight}, 0, 1.0)`,
  small: (prefix: string, weight: string) => `${prefix}normal_(${weight}, 0, 1e-4)`,
  xavier: (prefix: string, weight: string) => `${prefix}xavier_normal_(${weight})`,
};

type Mistake = keyof typeof MISTAKES;

/** A rule with its severity, or nothing. */
type Found = string | undefined;

const WARNING = 'zero-weight warning';
/** As far as the file itself tells, where a checkpoint may be loaded. */
const UNLESS_LOADED = 'zero-weight information';
const SCALE = 'norm-scale warning';
const DRIFT = { small: 'scale-drift warning' } as const;
const DRIFTS = { ...DRIFT, large: 'scale-drift warning' } as const;
const MEAN = { meanAsStd: 'mean-as-std warning' } as const;

/** The answer of the network: zeros are a usual start, gradients reach it, and what stands before it learns from then on. */
const HEAD = { zeros: undefined };
/** Written in a branch that no function of the package takes: it is never run. */
const NEVER_RUN = { zeros: undefined };
/** The last norm of a residual branch: each block begins as the identity. */
const LAST_NORM = { zeros: undefined };
/** Patches of the image are added to random positions and read by random layers: every unit gets a gradient of its own. */
const PATCHES = { zeros: undefined };

/** What is expected of each initializer of a weight of a file, in the order of its text. */
const EXPECTED: Readonly<Record<string, readonly Readonly<Partial<Record<Mistake, Found>>>[]>> = {
  'convnext.py': [{ zeros: WARNING }],
  'densenet.py': [{ zeros: WARNING }, { zeros: SCALE }],
  'efficientnet.py': [{ zeros: WARNING }, { zeros: SCALE }, HEAD],
  'googlenet.py': [{ zeros: UNLESS_LOADED, ...DRIFT, ...MEAN }, { zeros: SCALE }],
  'inception.py': [{ zeros: WARNING, ...MEAN }, { zeros: SCALE }],
  'maxvit.py': [{ zeros: WARNING }, { zeros: SCALE }, { zeros: WARNING }],
  'mnasnet.py': [{ zeros: WARNING }, { zeros: SCALE }, HEAD],
  'mobilenetv2.py': [{ zeros: WARNING }, { zeros: SCALE }, { ...HEAD, ...MEAN }],
  'mobilenetv3.py': [{ zeros: WARNING, ...DRIFT }, { zeros: SCALE }, { zeros: WARNING, ...DRIFT }],
  'regnet.py': [{ zeros: WARNING }, { zeros: SCALE }, HEAD],
  'resnet.py': [{ zeros: WARNING, ...MEAN }, { zeros: SCALE }, LAST_NORM, LAST_NORM],
  'squeezenet.py': [
    { zeros: WARNING, ...DRIFT },
    { zeros: WARNING, ...DRIFTS, ...MEAN, xavier: 'gain-mismatch warning' },
  ],
  'swin_transformer.py': [{ zeros: WARNING }, { zeros: WARNING }],
  'vgg.py': [
    { zeros: WARNING, ...DRIFTS, xavier: 'gain-mismatch warning' },
    { zeros: SCALE },
    { zeros: WARNING, ...DRIFTS, ...MEAN },
  ],
  'vision_transformer.py': [{ zeros: WARNING }, PATCHES, NEVER_RUN, NEVER_RUN, HEAD],
};

/** What a script calls that uses the file. */
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  'convnext.py': ['convnext_tiny()'],
  'densenet.py': ['densenet121()'],
  'efficientnet.py': ['efficientnet_b0()', 'efficientnet_v2_s()'],
  'googlenet.py': ['googlenet(init_weights=True)'],
  'inception.py': ['inception_v3(init_weights=True)'],
  'maxvit.py': ['maxvit_t()'],
  'mnasnet.py': ['mnasnet1_0()'],
  'mobilenetv2.py': ['mobilenet_v2()'],
  'mobilenetv3.py': ['mobilenet_v3_small()'],
  'regnet.py': ['regnet_y_400mf()'],
  'resnet.py': ['resnet18()', 'resnet50()'],
  'squeezenet.py': ['squeezenet1_0()'],
  'swin_transformer.py': ['swin_t()', 'swin_v2_t()'],
  'vgg.py': ['vgg11()', 'vgg11_bn()'],
  'vision_transformer.py': ['vit_b_16()'],
};

const SCRIPT = join(MODELS, '../train.py');

const INITIALIZER = /(?<prefix>(?:torch\.)?(?:nn\.)?\binit\.)\w+_\(\s*(?<weight>[\w.]*\bweight)\s*[,)]/g;

const whyNot = versionOf()?.startsWith('0.14.') ? false : 'needs torchvision 0.14';
const project = createProject({
  files: { ...nodeFiles, decodeUtf8: bytes => new TextDecoder().decode(bytes) },
  roots: [PACKAGES],
  pythonPath: [],
  sitePackages: [PACKAGES],
});

for (const [name, expected] of Object.entries(EXPECTED)) {
  test(`mistakes in torchvision's ${name} are found`, { skip: whyNot }, () => {
    const path = join(MODELS, name);
    const text = readFileSync(path, 'utf8');
    const calls = [...text.matchAll(INITIALIZER)];
    const module = name.replace(/\.py$/, '');
    const makers = MAKERS[name] ?? [];
    const made = makers.map(it => `\n${it.replace(/\W.*/, '')} = ${module}.${it}`);
    project.openDocument(SCRIPT, `from torchvision.models import ${module}\n${made.join('')}\n`);
    assert.equal(calls.length, expected.length, 'each initializer of a weight has an expectation');
    calls.forEach((call, i) => {
      for (const [mistake, wanted] of Object.entries(expected[i]!)) {
        const found = foundAt(path, text, call, mistake as Mistake);
        const place = `${name}, initializer ${i + 1} as ${mistake}`;
        if (wanted === undefined) assert.deepEqual(found, [], place);
        else assert.ok(found.includes(wanted), `${place}: ${wanted} is not among ${found.join(', ') || 'nothing'}`);
      }
    });
    project.closeDocument(path);
  });
}

/** What is found on the line of the call when the mistake stands there and a script makes the networks. */
function foundAt(path: string, text: string, call: RegExpExecArray, mistake: Mistake): readonly string[] {
  const { prefix, weight } = call.groups!;
  const changed = text.slice(0, call.index) + MISTAKES[mistake](prefix!, weight!) + text.slice(endOf(text, call));
  project.openDocument(path, changed);
  const end = changed.indexOf('\n', call.index);
  const findings = [...analyze(project, path).findings, ...analyze(project, SCRIPT).findings];
  const here = findings.filter(it => it.path === path && call.index <= it.span.start && it.span.start < end);
  return here.map(it => `${it.rule} ${it.severity}`);
}

/** Behind the parenthesis that closes the call. */
function endOf(text: string, { index, 0: start }: RegExpExecArray): number {
  let depth = 0;
  for (let i = index + start.indexOf('('); i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i + 1;
  }
  return text.length;
}

function versionOf(): string | undefined {
  const path = join(PACKAGES, 'torchvision/version.py');
  return existsSync(path) ? /__version__ = '(.*?)'/.exec(readFileSync(path, 'utf8'))?.[1] : undefined;
}
