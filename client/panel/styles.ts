/** The panels' style sheet: the editor's own colours, so that every theme fits, high contrast too. */
export const styles = `
html, body { height: 100%; }
body { box-sizing: border-box; padding: 0 12px; margin: 0; color: var(--vscode-foreground); background: var(--vscode-editor-background); font: var(--vscode-font-size) var(--vscode-font-family); }
main { display: flex; flex-direction: column; height: 100%; }
header { display: flex; gap: 10px; align-items: center; flex-wrap: wrap; padding: 8px 0; }
h1 { font-size: 1.1em; margin: 0; }
select, input, button { font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background);
  border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); padding: 2px 6px; }
button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); cursor: pointer; }
button:hover { background: var(--vscode-button-secondaryHoverBackground); }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.note { color: var(--vscode-descriptionForeground); margin: 4px 0; }
.picture { flex: none; overflow-x: auto; }
.picture svg { width: 100%; height: auto; max-height: min(260px, 40vh); }
.picture .forward { stroke: var(--vscode-charts-blue); }
.picture polygon.band.forward { fill: var(--vscode-charts-blue); stroke: none; }
.picture polygon.band.backward { fill: var(--vscode-charts-orange); stroke: none; }
.picture .backward { stroke: var(--vscode-charts-yellow); }
.picture .axis { stroke: var(--vscode-foreground); }
.picture .label { fill: var(--vscode-foreground); }
.picture .mark { fill: var(--vscode-charts-red); }
.table { flex: 0 1 auto; min-height: 9em; overflow: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 2px 6px; white-space: nowrap; }
th { position: sticky; top: 0; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
th button { background: none; color: inherit; border: none; padding: 0; font-weight: 600; }
td.number, th.number { text-align: right; }
td:first-child, th:first-child { position: sticky; left: 0; background-color: var(--vscode-editor-background); }
th:first-child { z-index: 1; }
tbody tr:hover td:first-child { background-image: linear-gradient(var(--vscode-list-hoverBackground), var(--vscode-list-hoverBackground)); }
tbody tr.current td:first-child { background-image: linear-gradient(var(--vscode-list-inactiveSelectionBackground), var(--vscode-list-inactiveSelectionBackground)); }
tbody tr[aria-selected="true"] td:first-child { background-image: linear-gradient(var(--vscode-list-activeSelectionBackground), var(--vscode-list-activeSelectionBackground)); }
@media (max-width: 640px) { table { font-size: 0.92em; } th, td { padding: 2px 4px; } .operation { display: none; } }
tbody tr { cursor: pointer; }
tbody tr:hover { background: var(--vscode-list-hoverBackground); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); }
tbody tr.current { background: var(--vscode-list-inactiveSelectionBackground); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); }
tbody tr[aria-selected="true"] { background: var(--vscode-list-activeSelectionBackground); color: var(--vscode-list-activeSelectionForeground); }
.zero, .vanishing, .exploding, .problem { color: var(--vscode-list-errorForeground, var(--vscode-errorForeground)); }
.zero, .vanishing, .exploding { font-weight: 600; }
.fixed { color: var(--vscode-descriptionForeground); }
.details { flex: none; max-height: 45vh; overflow: auto; border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); padding: 8px 0; min-height: 3em; }
[data-view="signal"] .details { height: 6em; }
.details img, .details svg { max-width: 100%; vertical-align: top; margin-right: 12px; }
.details figure { margin: 4px 0; }
.details .bar { fill: var(--vscode-charts-blue); }
.details .edge { fill: none; stroke: var(--vscode-charts-orange); stroke-dasharray: 5 4; }
.details progress { vertical-align: middle; }
`;
