/** The version of a package that lies in an environment, as its metadata folder is called. */
import { type FileAccess, FileFault } from '../../host.js';

/** A version, and where it is written: a folder of packages or a lock file. */
export interface FoundVersion {
  readonly version: string;
  readonly from: string;
}

/** `torch-2.4.0+cu121.dist-info` in one of the folders, nearest first. */
export function installedVersion(
  name: string,
  folders: readonly string[],
  files: FileAccess,
): FoundVersion | undefined {
  const pattern = new RegExp(String.raw`^${name}-(\d+(?:\.\d+)*).*\.(?:dist|egg)-info$`, 'i');
  for (const folder of folders) {
    const entries = files.list(folder);
    if (entries instanceof FileFault) continue;
    const version = entries.map(it => pattern.exec(it.name)?.[1]).find(it => it !== undefined);
    if (version !== undefined) return { version, from: folder };
  }
  return undefined;
}
