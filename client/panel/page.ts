/** The page of a panel: one script, one style sheet, nothing from anywhere else. */
import { Uri, type Webview } from 'vscode';
import { styles } from './styles.js';

export function pageOf(webview: Webview, extension: Uri, view: 'signal' | 'weights'): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const script = webview.asWebviewUri(Uri.joinPath(extension, 'dist', 'panel.js'));
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:`;
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>InitLens ${view}</title><style nonce="${nonce}">${styles}</style></head>`,
    `<body data-view="${view}"><main id="main" aria-busy="true"><p role="status">Reading the network…</p></main>`,
    `<script nonce="${nonce}" src="${script}"></script></body></html>`,
  ].join('\n');
}
