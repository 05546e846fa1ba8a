import { spawnSync } from 'node:child_process';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';

/** True where packages of Debian can be installed: by root, with apt. */
export function canInstallPackages(): boolean {
	return process.getuid?.() === 0 && findOnPath(['apt-get']).length > 0;
}

/** Install packages of Debian, each by itself: one that is not to be had keeps no other away. What apt prints is shown. */
export function installPackages(names: readonly string[]): void {
	apt('update');
	for (const name of names) apt('install', '--yes', '--no-install-recommends', name);
}

function apt(...args: string[]): void {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const { status } = spawnSync('apt-get', ['--quiet', ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
	if (status !== 0) process.stdout.write(`apt-get ${args.join(' ')} failed\n`);
}
