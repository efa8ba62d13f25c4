/** Emacs, configured as `docs/other-editors.md` says, shows findings and hovers; skipped where it or Eglot is not installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { xavierRelu } from '../lsp/samples.js';
import { temporaryFolder } from '../temporary.js';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const page = fileURLToPath(new URL('../../docs/other-editors.md', import.meta.url));

/** Packages of distributions and people are not active in batch mode by themselves. */
const packages = '(package-activate-all)';

/** What the page tells people to write, with the place of the program that is under test. */
function configuration(): string {
  const [, lisp] = /```elisp\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))!;
  return lisp!.replace('"initlens" ', `"${process.execPath}" "${program}" `);
}

const report = `
${packages}
(load-file "init.el")
(require 'eglot)
(find-file "net.py")
(call-interactively 'eglot)
(defun await-until (is-so)
  (let ((end (+ (float-time) 60)))
    (while (and (< (float-time) end) (not (funcall is-so))) (accept-process-output nil 0.1))))
(await-until 'flymake-diagnostics)
(dolist (it (flymake-diagnostics))
  (goto-char (flymake-diagnostic-beg it))
  (princ (format "%d:%d %s\\n" (1- (line-number-at-pos)) (current-column) (flymake-diagnostic-text it))))
(let ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
  (princ (plist-get (plist-get answer :contents) :value)))
(kill-emacs 0)
`;

const folder = temporaryFolder({ 'net.py': xavierRelu, 'init.el': configuration(), 'report.el': report });
after(() => folder.remove());

const skip = hasEglot() ? false : 'needs Emacs with Eglot';

test('Emacs shows a finding where it is, and what a hover says', { skip }, () => {
  const options = { cwd: folder.path, encoding: 'utf8', timeout: 90_000 } as const;
  const { stdout, stderr } = spawnSync('emacs', ['--batch', '-l', 'report.el'], options);
  assert.match(stdout, /^10:20 initlens \[gain-mismatch\]/m, stderr);
  assert.match(stdout, /\| gain \| .*fan_in 256, fan_out 256/, stderr);
});

function hasEglot(): boolean {
  return spawnSync('emacs', ['--batch', '--eval', `(progn ${packages} (require 'eglot))`]).status === 0;
}
