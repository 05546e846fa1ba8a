import { describe, expect, it } from 'vitest';
import { parseShellArguments } from './arguments.ts';

describe('the command line of the desktop app', () => {
	it('may be empty', () => {
		expect(parseShellArguments([])).toEqual({ isHidden: false, virtual: true });
	});

	it('takes the flags of serve', () => {
		const args = [
			'--hidden',
			'--data-dir',
			'/data',
			'--port=0',
			'--host',
			'::1',
			'--log-level',
			'debug',
			'--no-virtual',
		];
		expect(parseShellArguments(args)).toEqual({
			isHidden: true,
			dataDir: '/data',
			port: '0',
			host: '::1',
			logLevel: 'debug',
			virtual: false,
		});
	});

	it('leaves what it does not know to Electron', () => {
		const args = ['--lang=id', '--no-sandbox', 'some/file', '--remote-debugging-port=0', '--hidden'];
		expect(parseShellArguments(args)).toEqual({ isHidden: true, virtual: true });
	});

	it.each([[['--port']], [['--data-dir=']], [['--host']]])('refuses %j, naming the flag', (args) => {
		expect(() => parseShellArguments(args)).toThrow(`${args[0]?.replace('=', '')} needs a value`);
	});

	it('refuses a level that does not exist', () => {
		expect(() => parseShellArguments(['--log-level', 'loud'])).toThrow('--log-level is loud; allowed: one of error');
	});
});
