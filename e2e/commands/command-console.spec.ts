import { runCommand } from '../support/command.ts';
import { expect, test } from '../support/service-test.ts';

test('console prints a link to the operator window that works once', async ({ service, dataDir }) => {
	const { code, stdout, stderr } = await runCommand(['console'], { dataDir });
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	const link = new URL(stdout.trim());
	expect(link.origin + link.pathname).toBe(`${service.httpUrl}/console/`);
	const redeem = () =>
		fetch(`${service.httpUrl}/console/session`, {
			method: 'POST',
			body: JSON.stringify({ ticket: link.hash.slice(1) }),
		});
	expect((await redeem()).status).toBe(200);
	expect((await redeem()).status).toBe(401);
});

test('console reports in one line that no program runs on the data folder', async ({ dataDir }) => {
	const { code, stdout, stderr } = await runCommand(['console'], { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^error: No program runs on the data folder .*: start one with .*\n$/);
});

test('console prints no link to a service with another data folder', async ({ service, dataDir }, testInfo) => {
	const other = testInfo.outputPath('other');
	await runCommand(['admin-token', '--data-dir', other], { dataDir });
	const args = ['console', '--port', String(service.port), '--data-dir', other];
	const { code, stdout, stderr } = await runCommand(args, { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toContain(`No program runs on the data folder ${other}`);
});

test('console reports in one line that the service does not answer at another port', async ({ service, dataDir }) => {
	const { code, stdout, stderr } = await runCommand(['console', '--port', '1'], { dataDir });
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^error: The service with the data folder .* does not answer at localhost:1: .*\n$/);
	expect(service.stdout).toContain('listening');
});

test('neither the ticket nor its token is logged', async ({ service }) => {
	const [, ticket = ''] = await service.waitForOutput(/^operator window.*#(\S+)$/m);
	const response = await fetch(`${service.httpUrl}/console/session`, {
		method: 'POST',
		body: JSON.stringify({ ticket }),
	});
	const { token = '' } = JSON.parse(await response.text());
	expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
	for (const secret of [ticket, token]) expect(service.log).not.toContain(secret);
});
