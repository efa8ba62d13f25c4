/** The browser in which the served VS Code is shown: the machine's own Chromium or Chrome. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** No traffic of its own, and none of the machine's graphics. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function browserPath() {
  return [process.env.CHROMIUM, ...usualPlaces].find(it => it !== undefined && existsSync(it));
}

/** WebGPU on the processor, so that what a graphics card does can be seen where there is none. */
export const softwareGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

export function launchBrowser(more = []) {
  return chromium.launch({ executablePath: browserPath(), args: [...flags, ...more] });
}
