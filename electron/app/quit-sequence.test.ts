import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/log/silent-logger.ts';
import { FakeClock } from '../../src/time/testing/fake-clock.ts';
import { QUIT_TIMEOUT_MS, QuitSequence } from './quit-sequence.ts';

describe('QuitSequence', () => {
	it('runs the steps in order and exits with code 0', async () => {
		const { quit, events, clock } = prepare([['service'], ['logs']]);
		expect(quit.hasBegun).toBe(false);
		await quit.begin();
		expect(events).toEqual(['service', 'logs', 'exit 0']);
		expect(clock.pending).toBe(0);
	});

	it('runs only once when it is begun several times', async () => {
		const { quit, events } = prepare([['service']]);
		await Promise.all([quit.begin(), quit.begin()]);
		await quit.begin();
		expect(events).toEqual(['service', 'exit 0']);
		expect(quit.hasBegun).toBe(true);
	});

	it('continues after a step that fails', async () => {
		const { quit, events } = prepare([['service', () => Promise.reject(new Error('no'))], ['logs']]);
		await quit.begin();
		expect(events).toEqual(['service', 'logs', 'exit 0']);
	});

	it('exits with code 1 when a step hangs beyond the timeout', async () => {
		const { quit, events, clock } = prepare([['service', () => new Promise(() => {})], ['logs']]);
		void quit.begin();
		clock.advance(QUIT_TIMEOUT_MS - 1);
		expect(events).toEqual(['service']);
		clock.advance(1);
		expect(events).toEqual(['service', 'exit 1']);
	});
});

function prepare(parts: readonly [name: string, work?: () => Promise<void>][]) {
	const events: string[] = [];
	const clock = new FakeClock();
	const steps = parts.map(([name, work]) => () => {
		events.push(name);
		return work?.();
	});
	const exit = (code: number) => events.push(`exit ${code}`);
	return { quit: new QuitSequence({ steps, exit, clock, logger: silentLogger }), events, clock };
}
