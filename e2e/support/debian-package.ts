import { spawnSync } from 'node:child_process';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';

/** Returns whether Debian packages can be installed: as root, with apt. */
export function canInstallPackages(): boolean {
	return process.getuid?.() === 0 && findOnPath(['apt-get']).length > 0;
}

/** Installs Debian packages one at a time, so that an unavailable one does not prevent the others. */
export function installPackages(names: readonly string[]): void {
	apt('update');
	for (const name of names) apt('install', '--yes', '--no-install-recommends', name);
}

function apt(...args: string[]): void {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const { status } = spawnSync('apt-get', ['--quiet', ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
	if (status !== 0) process.stdout.write(`apt-get ${args.join(' ')} failed\n`);
}
