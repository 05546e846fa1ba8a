import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../log/silent-logger.ts';
import { ServiceError } from '../protocol/errors.ts';
import { FAILURE_COUNT_RESET_MS } from '../time/retry-delay.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { DriverSupervisor } from './driver-supervisor.ts';
import type { DriverDescription, ReaderDriver, ReaderDriverEvents } from './reader.ts';
import { FakeReader } from './testing/fake-driver.ts';

const broken = new ServiceError('DEVICE_INIT_FAILED', { message: 'The library is missing' });
const closed = Promise.resolve();

/** A driver whose every start and stop the test answers itself. */
class ManualDriver implements ReaderDriver {
	readonly name = 'manual';
	readonly calls: string[] = [];
	onStart: () => Promise<void> = async () => {};
	onStop: () => Promise<void> = async () => {};
	events: ReaderDriverEvents | undefined;

	async start(events: ReaderDriverEvents): Promise<void> {
		this.calls.push('start');
		this.events = events;
		await this.onStart();
	}

	async stop(): Promise<void> {
		this.calls.push('stop');
		await this.onStop();
	}

	async describe(): Promise<DriverDescription> {
		return { driver: this.name, state: 'working', isVirtual: false };
	}
}

let driver: ManualDriver;
let clock: FakeClock;
let heard: string[];
let errors: string[];
let supervisor: DriverSupervisor;

beforeEach(() => {
	driver = new ManualDriver();
	clock = new FakeClock();
	heard = [];
	errors = [];
	supervisor = new DriverSupervisor({
		driver,
		clock,
		logger: { ...silentLogger, error: (message) => errors.push(message), warn: (message) => errors.push(message) },
		events: {
			arrived: () => heard.push('arrived'),
			departed: () => heard.push('departed'),
			faulted: () => heard.push('faulted'),
		},
		onCrashed: async () => void heard.push('crashed'),
	});
});

/** Waits until all promises have settled that wait only for other promises. */
async function settle(): Promise<void> {
	await setImmediate();
}

/** Let the pause pass and see whether the driver is started at its end and not before. */
async function expectStartAfter(pauseMs: number): Promise<void> {
	const before = driver.calls.length;
	clock.advance(pauseMs - 1);
	await settle();
	expect(driver.calls).toHaveLength(before);
	clock.advance(1);
	await settle();
	expect(driver.calls.slice(before)).toContain('start');
}

describe('DriverSupervisor', () => {
	it('passes on what the driver reports while it runs, and nothing after', async () => {
		await supervisor.start();
		const reader = new FakeReader();
		const report = () => {
			driver.events?.arrived(reader);
			driver.events?.faulted(reader, broken);
			driver.events?.departed(reader, 'Device unplugged');
		};
		report();
		const stopped = supervisor.stop(closed);
		report();
		driver.events?.crashed(broken);
		await stopped;
		expect(heard).toEqual(['arrived', 'faulted', 'departed']);
		expect(driver.calls).toEqual(['start', 'stop']);
		expect(clock.pending).toBe(0);
	});

	it('tries a driver that cannot start again after 1, 2, 5, 10 and 30 s, and complains once', async () => {
		driver.onStart = () => Promise.reject(broken);
		await supervisor.start();
		await settle();
		for (const pauseMs of [1_000, 2_000, 5_000, 10_000, 30_000, 30_000]) await expectStartAfter(pauseMs);
		expect(errors).toEqual(['Driver could not start']);
		await supervisor.stop(closed);
		expect(clock.pending).toBe(0);
	});

	it('stops a driver that has crashed once its readers are closed, and starts it again', async () => {
		await supervisor.start();
		driver.events?.crashed(broken);
		driver.events?.crashed(broken);
		expect(heard).toEqual(['crashed']);
		await settle();
		expect(driver.calls).toEqual(['start', 'stop']);
		await expectStartAfter(1_000);
		await supervisor.stop(closed);
	});

	it.each([
		['longer after a driver that crashes again soon', FAILURE_COUNT_RESET_MS - 1, 2_000],
		['a second after a driver that had worked for a while', FAILURE_COUNT_RESET_MS, 1_000],
	])('pauses %s', async (_what, workedMs, pauseMs) => {
		await supervisor.start();
		driver.events?.crashed(broken);
		await settle();
		await expectStartAfter(1_000);
		clock.advance(workedMs);
		driver.events?.crashed(broken);
		await settle();
		await expectStartAfter(pauseMs);
		await supervisor.stop(closed);
	});

	it('neither starts nor stops a driver while it does the other', async () => {
		let started = () => {};
		driver.onStart = () => new Promise((resolve) => (started = resolve));
		const first = supervisor.start();
		await settle();
		const stopped = supervisor.stop(closed);
		const second = supervisor.start();
		await settle();
		expect(driver.calls).toEqual(['start']);
		driver.onStart = async () => {};
		started();
		await Promise.all([first, stopped, second]);
		expect(driver.calls).toEqual(['start', 'stop', 'start']);
		await supervisor.stop(closed);
	});

	it('does not start a driver that is stopped while its start is queued', async () => {
		let stopped = () => {};
		driver.onStop = () => new Promise((resolve) => (stopped = resolve));
		await supervisor.start();
		const firstStop = supervisor.stop(closed);
		const secondStart = supervisor.start();
		const secondStop = supervisor.stop(closed);
		await settle();
		driver.onStop = async () => {};
		stopped();
		await Promise.all([firstStop, secondStart, secondStop]);
		expect(driver.calls).toEqual(['start', 'stop', 'stop']);
	});

	it('goes on after a driver that does not stop cleanly', async () => {
		driver.onStop = () => Promise.reject(broken);
		await supervisor.start();
		await supervisor.stop(closed);
		await supervisor.start();
		expect(driver.calls).toEqual(['start', 'stop', 'start']);
		expect(errors).toEqual(['Driver did not stop cleanly']);
		await supervisor.stop(closed);
	});
});
