import { describe, expect, it } from 'vitest';
import { ServiceError } from '../protocol/errors.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { Lifecycle } from './run-lifecycle.ts';

/** A service that counts its runs; `failure` makes the next launches fail. */
class FakeService {
	failure: ServiceError | undefined;
	running = 0;
	readonly phases: string[] = [];
	readonly lifecycle = new Lifecycle({ launch: () => this.launch(), clock: new FakeClock() });

	constructor() {
		this.lifecycle.on('changed', ({ phase }) => this.phases.push(phase));
	}

	private async launch() {
		if (this.failure !== undefined) throw this.failure;
		this.running++;
		return {
			addresses: ['ws://localhost:8080'],
			stop: async () => {
				this.running--;
			},
		};
	}
}

const PORT_TAKEN = new ServiceError('CONFIGURATION_ERROR', { message: 'Port 8080 is taken', details: { port: 8080 } });

describe('the life of the service', () => {
	it('goes from stopped to running and back', async () => {
		const { lifecycle, phases } = new FakeService();
		expect(lifecycle.state).toEqual({ phase: 'stopped' });
		await lifecycle.start();
		expect(lifecycle.state).toMatchObject({ phase: 'running', addresses: ['ws://localhost:8080'] });
		await lifecycle.stop();
		expect(phases).toEqual(['starting', 'running', 'stopping', 'stopped']);
	});

	it('is started once and stopped once, however often it is asked at the same time', async () => {
		const service = new FakeService();
		await Promise.all([service.lifecycle.start(), service.lifecycle.start()]);
		expect(service.running).toBe(1);
		await Promise.all([service.lifecycle.stop(), service.lifecycle.stop()]);
		expect(service.phases).toEqual(['starting', 'running', 'stopping', 'stopped']);
	});

	it('does one thing after the other, in the order asked', async () => {
		const service = new FakeService();
		await Promise.all([service.lifecycle.start(), service.lifecycle.stop(), service.lifecycle.start()]);
		expect(service.phases).toEqual(['starting', 'running', 'stopping', 'stopped', 'starting', 'running']);
		expect(service.running).toBe(1);
	});

	it('stays failed with the reason, until it is started or stopped again', async () => {
		const service = new FakeService();
		service.failure = PORT_TAKEN;
		await expect(service.lifecycle.start()).rejects.toBe(PORT_TAKEN);
		expect(service.lifecycle.state).toEqual({
			phase: 'failed',
			problem: {
				error: 'CONFIGURATION_ERROR',
				code: 5003,
				message: 'Port 8080 is taken',
				retryable: false,
				details: { port: 8080 },
			},
		});
		await service.lifecycle.stop();
		expect(service.lifecycle.state).toEqual({ phase: 'stopped' });
		service.failure = undefined;
		await service.lifecycle.start();
		expect(service.running).toBe(1);
	});

	it('restarts what runs, and starts what does not', async () => {
		const service = new FakeService();
		await service.lifecycle.restart();
		await service.lifecycle.restart();
		expect(service.phases).toEqual(['starting', 'running', 'stopping', 'stopped', 'starting', 'running']);
		expect(service.running).toBe(1);
	});

	it('does not start any more once it is closed, whatever was asked before or is asked after', async () => {
		const { lifecycle, phases } = new FakeService();
		const starts = [lifecycle.start(), lifecycle.restart()];
		const closed = lifecycle.close();
		const late = lifecycle.start();
		for (const start of [...starts, late]) await expect(start).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
		await closed;
		expect(phases).toEqual([]);
	});

	it('stops what runs when it is closed', async () => {
		const { lifecycle, phases } = new FakeService();
		await lifecycle.start();
		await Promise.all([lifecycle.close(), lifecycle.close()]);
		expect(phases).toEqual(['starting', 'running', 'stopping', 'stopped']);
	});
});
