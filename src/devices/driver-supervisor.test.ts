import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../log/silent-logger.ts';
import { ServiceError } from '../protocol/errors.ts';
import { FAILURE_COUNT_RESET_MS } from '../time/retry-delay.ts';
import { CLOCK_STEPS_MS, FakeClock } from '../time/testing/fake-clock.ts';
import { DriverSupervisor } from './driver-supervisor.ts';
import type { DriverDescription, ReaderDriver, ReaderDriverEvents } from './reader.ts';
import { FakeReader } from './testing/fake-driver.ts';

const broken = new ServiceError('DEVICE_INIT_FAILED', { message: 'The library is missing' });
const closed = Promise.resolve();

/** A driver whose `start` and `stop` the test controls. */
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
let reports: string[];
let errors: string[];
let supervisor: DriverSupervisor;

beforeEach(() => {
	driver = new ManualDriver();
	clock = new FakeClock();
	reports = [];
	errors = [];
	supervisor = new DriverSupervisor({
		driver,
		clock,
		logger: { ...silentLogger, error: (message) => errors.push(message), warn: (message) => errors.push(message) },
		events: {
			arrived: () => reports.push('arrived'),
			departed: () => reports.push('departed'),
			faulted: () => reports.push('faulted'),
		},
		onCrashed: async () => void reports.push('crashed'),
	});
});

/** Waits until all promises have settled that wait only for other promises. */
async function settle(): Promise<void> {
	await setImmediate();
}

/** Checks that the driver is started exactly when the delay has passed. */
async function expectStartAfter(delayMs: number): Promise<void> {
	const before = driver.calls.length;
	clock.advance(delayMs - 1);
	await settle();
	expect(driver.calls).toHaveLength(before);
	clock.advance(1);
	await settle();
	expect(driver.calls.slice(before)).toContain('start');
}

describe('DriverSupervisor', () => {
	it('passes on driver events while it runs, and none afterwards', async () => {
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
		expect(reports).toEqual(['arrived', 'faulted', 'departed']);
		expect(driver.calls).toEqual(['start', 'stop']);
		expect(clock.pending).toBe(0);
	});

	it('retries a driver that cannot start after 1, 2, 5, 10 and 30 s, and logs that once', async () => {
		driver.onStart = () => Promise.reject(broken);
		await supervisor.start();
		await settle();
		for (const delayMs of [1_000, 2_000, 5_000, 10_000, 30_000, 30_000]) await expectStartAfter(delayMs);
		expect(errors).toEqual(['Driver could not start']);
		await supervisor.stop(closed);
		expect(clock.pending).toBe(0);
	});

	it('stops a driver that has crashed once its readers are closed, and starts it again', async () => {
		await supervisor.start();
		driver.events?.crashed(broken);
		driver.events?.crashed(broken);
		expect(reports).toEqual(['crashed']);
		await settle();
		expect(driver.calls).toEqual(['start', 'stop']);
		await expectStartAfter(1_000);
		await supervisor.stop(closed);
	});

	it.each([
		['longer when a driver crashes again soon', FAILURE_COUNT_RESET_MS - 1, 2_000],
		['1 s when a driver had worked for a minute', FAILURE_COUNT_RESET_MS, 1_000],
	])('waits %s', async (_what, workedMs, delayMs) => {
		await supervisor.start();
		driver.events?.crashed(broken);
		await settle();
		await expectStartAfter(1_000);
		clock.advance(workedMs);
		driver.events?.crashed(broken);
		await settle();
		await expectStartAfter(delayMs);
		await supervisor.stop(closed);
	});

	it.each(CLOCK_STEPS_MS)('waits as long when the wall clock is set by %i ms while a driver works', async (stepMs) => {
		await supervisor.start();
		driver.events?.crashed(broken);
		await settle();
		await expectStartAfter(1_000);
		clock.stepWallClock(stepMs);
		driver.events?.crashed(broken);
		await settle();
		await expectStartAfter(2_000);
		clock.stepWallClock(stepMs);
		clock.advance(FAILURE_COUNT_RESET_MS);
		driver.events?.crashed(broken);
		await settle();
		await expectStartAfter(1_000);
		await supervisor.stop(closed);
	});

	it('never starts and stops a driver at the same time', async () => {
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

	it('continues after a driver that does not stop cleanly', async () => {
		driver.onStop = () => Promise.reject(broken);
		await supervisor.start();
		await supervisor.stop(closed);
		await supervisor.start();
		expect(driver.calls).toEqual(['start', 'stop', 'start']);
		expect(errors).toEqual(['Driver did not stop cleanly']);
		await supervisor.stop(closed);
	});
});
