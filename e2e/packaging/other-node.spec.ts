import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';
import { runCommand } from '../support/command.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test } from '../support/service-test.ts';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** The oldest supported Node, such as `22.13.0`. */
const MIN_VERSION: string = engines.node.replace('>=', '');

/** A supported Node on the PATH with another version than that of the tests. */
const otherNode = findOnPath(['node']).find((node) => {
	const version = versionOf(node);
	return version !== process.versions.node && version.localeCompare(MIN_VERSION, 'en', { numeric: true }) >= 0;
});

test('the service scans under another supported Node', async ({ dataDir }) => {
	test.skip(otherNode === undefined, `no Node >= ${MIN_VERSION} other than ${process.versions.node} found on the PATH`);
	const node = otherNode ?? '';
	const service = await RunningService.start({ dataDir, node });
	const { code, stdout, stderr } = await runCommand(['scan', '--port', String(service.port)], { dataDir, node });
	expect({ code, stderr }, versionOf(node)).toEqual({ code: 0, stderr: '' });
	expect(stdout).toMatch(/^scan:complete .*template=Rk1SACAyMAA/m);
	expect(await service.stop()).toEqual({ code: 0, signal: null });
	expect(service.unexpectedLines).toEqual([]);
});

function versionOf(node: string): string {
	return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().replace('v', '');
}
