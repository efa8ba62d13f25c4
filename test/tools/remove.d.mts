/** Removes a folder, also one in which a program that is ending still writes. */
export function removeFolder(path: string): Promise<void>;
