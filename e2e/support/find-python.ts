import { spawnSync } from 'node:child_process';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';

/** The reason for skipping tests when `findPython` finds nothing. */
export const NO_PYTHON = 'no python3 with the package websockets found: install it (Debian: python3-websockets)';

/** Returns a Python 3 that can import `websockets`: the system's, for which Debian's packages are, otherwise another. */
export function findPython(): string | undefined {
	return ['/usr/bin/python3', ...findOnPath(['python3'])].find(
		(python) => spawnSync(python, ['-c', 'import websockets'], { timeout: 20_000 }).status === 0,
	);
}
