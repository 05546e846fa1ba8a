import { describe, expect, it } from 'vitest';
import { toServiceState } from '../operator/views.ts';
import { ServiceError } from '../protocol/errors.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { RunLifecycle } from './run-lifecycle.ts';

/** Counts the current runs; `failure` makes the next launches fail. */
class FakeService {
	failure: ServiceError | undefined;
	running = 0;
	readonly phases: string[] = [];
	readonly lifecycle = new RunLifecycle({ launch: () => this.launch(), clock: new FakeClock() });

	constructor() {
		this.lifecycle.on('changed', () => this.phases.push(this.lifecycle.state.phase));
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

describe('RunLifecycle', () => {
	it('goes from stopped to running and back', async () => {
		const { lifecycle, phases } = new FakeService();
		expect(lifecycle.state).toEqual({ phase: 'stopped' });
		await lifecycle.start();
		expect(lifecycle.state).toMatchObject({ phase: 'running', addresses: ['ws://localhost:8080'] });
		await lifecycle.stop();
		expect(phases).toEqual(['starting', 'running', 'stopping', 'stopped']);
	});

	it('starts and stops once when several callers ask at the same time', async () => {
		const service = new FakeService();
		await Promise.all([service.lifecycle.start(), service.lifecycle.start()]);
		expect(service.running).toBe(1);
		await Promise.all([service.lifecycle.stop(), service.lifecycle.stop()]);
		expect(service.phases).toEqual(['starting', 'running', 'stopping', 'stopped']);
	});

	it('runs operations one at a time, in the order of the calls', async () => {
		const service = new FakeService();
		await Promise.all([service.lifecycle.start(), service.lifecycle.stop(), service.lifecycle.start()]);
		expect(service.phases).toEqual(['starting', 'running', 'stopping', 'stopped', 'starting', 'running']);
		expect(service.running).toBe(1);
	});

	it('keeps the failure of a start until the next start or stop', async () => {
		const service = new FakeService();
		service.failure = PORT_TAKEN;
		await expect(service.lifecycle.start()).rejects.toBe(PORT_TAKEN);
		expect(service.lifecycle.status).toBe('stopped');
		expect(toServiceState(service.lifecycle.state)).toEqual({
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

	it('restarts a running service, and starts a stopped one', async () => {
		const service = new FakeService();
		await service.lifecycle.restart();
		await service.lifecycle.restart();
		expect(service.phases).toEqual(['starting', 'running', 'stopping', 'stopped', 'starting', 'running']);
		expect(service.running).toBe(1);
	});

	it('refuses every start once it is closed, including starts that are still waiting', async () => {
		const { lifecycle, phases } = new FakeService();
		const running = lifecycle.stop();
		const starts = [lifecycle.start(), lifecycle.restart()];
		const closed = lifecycle.close();
		const late = lifecycle.start();
		for (const start of [...starts, late]) await expect(start).rejects.toMatchObject({ error: 'SERVICE_UNAVAILABLE' });
		await Promise.all([running, closed]);
		expect(phases).toEqual([]);
	});

	it('stops the running service when it is closed', async () => {
		const { lifecycle, phases } = new FakeService();
		await lifecycle.start();
		await Promise.all([lifecycle.close(), lifecycle.close()]);
		expect(phases).toEqual(['starting', 'running', 'stopping', 'stopped']);
	});
});
