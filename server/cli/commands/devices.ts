/** `initlens devices`: what draws on this machine, and how fast. */
import { type DeviceReport, devicesOn } from '../../features/devices.js';
import type { Terminal } from '../../host.js';
import { type Command, exitCode } from '../command.js';
import type { Arguments } from '../options.js';

export const devicesCommand: Command = {
  name: 'devices',
  usage: '',
  summary: 'Tell which devices can draw weights here, how fast, and why others are skipped',
  options: [{ name: 'format', value: 'FORMAT', choices: ['text', 'json'], description: 'How to print them' }],
  positionals: [0, 0],
  run: tellDevices,
};

async function tellDevices(given: Arguments, terminal: Terminal): Promise<number> {
  const reports: DeviceReport[] = [];
  for await (const report of devicesOn(terminal)) reports.push(report);
  const isJson = given.value('format') === 'json';
  terminal.output.write(isJson ? `${JSON.stringify(reports, undefined, 2)}\n` : textOf(reports));
  return exitCode.clean;
}

function textOf(reports: readonly DeviceReport[]): string {
  const width = Math.max(...reports.map(it => it.device.length));
  return reports.map(it => `${it.device.padEnd(width)}  ${stateOf(it)}\n`).join('');
}

function stateOf({ perSecond, skipped }: DeviceReport): string {
  if (perSecond === undefined) return `skipped: ${skipped}`;
  return `${Number((perSecond / 1e6).toPrecision(3))} million normals a second, drawn and measured`;
}
