import { spawnSync } from 'node:child_process';
import { findOnPath } from '../../src/devices/testing/find-on-path.ts';
import { runCommand } from '../support/command.ts';
import { RunningService } from '../support/running-service.ts';
import { expect, test } from '../support/service-test.ts';

/** A Node of this machine that is not the one the tests run under. */
const otherNode = findOnPath(['node']).find((node) => versionOf(node) !== process.version);

test('the service scans under the Node that this machine has', async ({ dataDir }) => {
	test.skip(otherNode === undefined, `no Node but ${process.version} here`);
	const node = otherNode ?? '';
	const service = await RunningService.start({ dataDir, node });
	const { code, stdout, stderr } = await runCommand(['scan', '--port', String(service.port)], { dataDir, node });
	expect({ code, stderr }, versionOf(node)).toEqual({ code: 0, stderr: '' });
	expect(stdout).toMatch(/^scan:complete .*template=Rk1SACAyMAA/m);
	expect(await service.stop()).toEqual({ code: 0, signal: null });
	expect(service.complaints).toEqual([]);
});

function versionOf(node: string): string {
	return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
}
