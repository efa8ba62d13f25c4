/** For the tests, which are TypeScript. */

export const targets: readonly string[];

export function bringDawn(target: string, folder: string): void;

export function withDawn<T>(use: (found: string) => T): T;

export function layOut(found: string, target: string, folder: string): void;
