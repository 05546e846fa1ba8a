import { spawnSync } from 'node:child_process';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';

/** Why tests are skipped where `findPython` finds nothing. */
export const NO_PYTHON = 'no python3 with the package websockets here (Debian: python3-websockets)';

/** A Python 3 that can import `websockets`: the system's own, which Debian's packages are for, else any other. */
export function findPython(): string | undefined {
	return ['/usr/bin/python3', ...findOnPath(['python3'])].find(
		(python) => spawnSync(python, ['-c', 'import websockets'], { timeout: 20_000 }).status === 0,
	);
}
