import { describe, expect, it } from 'vitest';
import { parseDesktopArguments } from './arguments.ts';

describe('parseDesktopArguments', () => {
	it('returns the defaults for an empty command line', () => {
		expect(parseDesktopArguments([])).toEqual({ isHidden: false, virtual: true });
	});

	it('parses the flags that `serve` has', () => {
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
		expect(parseDesktopArguments(args)).toEqual({
			isHidden: true,
			dataDir: '/data',
			port: '0',
			host: '::1',
			logLevel: 'debug',
			virtual: false,
		});
	});

	it('ignores unknown flags, which are for Electron', () => {
		const args = ['--lang=id', '--no-sandbox', 'some/file', '--remote-debugging-port=0', '--hidden'];
		expect(parseDesktopArguments(args)).toEqual({ isHidden: true, virtual: true });
	});

	it.each([[['--port']], [['--data-dir=']], [['--host']]])('rejects %j with an error that names the flag', (args) => {
		expect(() => parseDesktopArguments(args)).toThrow(`${args[0]?.replace('=', '')} needs a value`);
	});

	it('rejects an unknown log level', () => {
		expect(() => parseDesktopArguments(['--log-level', 'loud'])).toThrow('--log-level is loud; allowed: one of error');
	});
});
