/** For the benchmarks, which are TypeScript. */
import type { IPackageOptions } from '@vscode/vsce';

export function pack(packagePath: string, options?: IPackageOptions): Promise<void>;
