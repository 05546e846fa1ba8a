import { runCommand } from '../support/command.ts';
import { expect, test } from '../support/service-test.ts';

const COMMANDS = [
	'serve',
	'status',
	'start',
	'stop',
	'keys',
	'keys create',
	'keys list',
	'keys revoke',
	'keys rotate',
	'admin-token',
	'console',
	'extract',
	'match',
	'scan',
	'doctor',
	'audit',
	'audit verify',
	'audit show',
];

for (const command of ['', ...COMMANDS]) {
	test(`"${command} --help" prints the usage`, async ({ dataDir }) => {
		const { code, stdout, stderr } = await runCommand([...command.split(' ').filter(Boolean), '--help'], { dataDir });
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout).toMatch(new RegExp(`^Usage: fingerprint-service ${command}`));
	});
}

test('--version prints only the version', async ({ dataDir }) => {
	const { code, stdout } = await runCommand(['--version'], { dataDir });
	expect(code).toBe(0);
	expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

for (const args of [
	'nonsense',
	'--nonsense',
	'serve extra',
	'serve --port x',
	'serve --port 65536',
	'serve --port -1',
	'serve --port',
	'serve --log-level loud',
	'keys nonsense',
	'keys create',
	'keys create --name a --permissions fly',
	'keys create --name a --expires soon',
	'keys create --name a --expires 0d',
	'keys create --name a --origins https://a.example,https://b.example/path',
	'keys create --name a --origins https://*.github.io',
	'keys list --nonsense',
	'keys revoke',
	'keys rotate',
	'keys rotate key-abc12345 --overlap 31d',
	'keys rotate key-abc12345 --overlap -1d',
	'admin-token --ttl 30',
	'admin-token --ttl 13h',
	'extract',
	'extract a.png --dpi 250',
	'extract a.png --dpi 2001',
	'extract a.png b.png',
	'scan --port 80.5',
	'doctor --port http',
	'audit nonsense',
	'audit verify extra',
	'audit show --since yesterday',
	'audit show --event nonsense',
]) {
	test(`"${args}" is wrong usage: exit code 2 and one line`, async ({ dataDir }) => {
		const { code, stdout, stderr } = await runCommand(args.split(' '), { dataDir });
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(/^error: .+ \(--help shows the usage\)\n$/);
	});
}

for (const args of ['', 'keys', 'audit']) {
	test(`"${args}" alone is wrong usage and prints the commands`, async ({ dataDir }) => {
		const { code, stdout, stderr } = await runCommand(args.split(' ').filter(Boolean), { dataDir });
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toContain('Commands:');
	});
}
