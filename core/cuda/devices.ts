/** Graphics processors by name: how many multiprocessors they have, and how many threads one of them holds. */

export interface CudaDevice {
  readonly name: string;
  readonly multiprocessors: number;
  readonly threads: number;
}

/** From NVIDIA's architecture whitepapers and data sheets; threads per multiprocessor by compute capability. */
const table: readonly (readonly [name: string, multiprocessors: number, threads: number])[] = [
  ['V100', 80, 2048],
  ['P100', 56, 2048],
  ['P40', 30, 2048],
  ['GTX 1060', 10, 2048],
  ['GTX 1070', 15, 2048],
  ['GTX 1080', 20, 2048],
  ['GTX 1080 Ti', 28, 2048],
  ['TITAN V', 80, 2048],
  ['T4', 40, 1024],
  ['GTX 1650', 14, 1024],
  ['GTX 1660', 22, 1024],
  ['GTX 1660 Ti', 24, 1024],
  ['RTX 2060', 30, 1024],
  ['RTX 2070', 36, 1024],
  ['RTX 2070 SUPER', 40, 1024],
  ['RTX 2080', 46, 1024],
  ['RTX 2080 SUPER', 48, 1024],
  ['RTX 2080 Ti', 68, 1024],
  ['TITAN RTX', 72, 1024],
  ['A100', 108, 2048],
  ['A30', 56, 2048],
  ['A10', 72, 1536],
  ['A40', 84, 1536],
  ['RTX A4000', 48, 1536],
  ['RTX A5000', 64, 1536],
  ['RTX A6000', 84, 1536],
  ['RTX 3060', 28, 1536],
  ['RTX 3060 Ti', 38, 1536],
  ['RTX 3070', 46, 1536],
  ['RTX 3070 Ti', 48, 1536],
  ['RTX 3080', 68, 1536],
  ['RTX 3080 Ti', 80, 1536],
  ['RTX 3090', 82, 1536],
  ['RTX 3090 Ti', 84, 1536],
  ['L4', 58, 1536],
  ['L40', 142, 1536],
  ['L40S', 142, 1536],
  ['RTX 4060', 24, 1536],
  ['RTX 4060 Ti', 34, 1536],
  ['RTX 4070', 46, 1536],
  ['RTX 4070 Ti', 60, 1536],
  ['RTX 4080', 76, 1536],
  ['RTX 4090', 128, 1536],
  ['RTX 6000 Ada', 142, 1536],
  ['H100 PCIe', 114, 2048],
  ['H100', 132, 2048],
  ['H200', 132, 2048],
];

export const cudaDevices: readonly CudaDevice[] = table.map(([name, multiprocessors, threads]) => {
  return { name, multiprocessors, threads };
});

/** By name, however it is cased, as people say it or as `torch.cuda.get_device_name()` does: `NVIDIA H100 80GB HBM3`. */
export function cudaDeviceOf(name: string): CudaDevice | undefined {
  const words = name.replace(/nvidia|geforce|tesla/gi, ' ');
  const wanted = [plain(words), plain(words.replace(FORM, ' '))];
  return wanted.map(it => cudaDevices.find(device => plain(device.name) === it)).find(it => it !== undefined);
}

/** How a card is built in and how much memory of which kind it has, which says nothing of its multiprocessors. */
const FORM = /\b(sxm\d*|pcie|nvl|hbm\d\w*|\d+gb)\b/gi;

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
