import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../log/silent-logger.ts';
import { CLOCK_STEPS_MS, FakeClock } from '../../../../time/testing/fake-clock.ts';
import { HidDiscovery } from './hid-discovery.ts';
import type { ReaderCandidate } from './known-readers.ts';

const A = candidate('/dev/hidraw0', 'A');
const B = candidate('/dev/hidraw1', 'B');

let clock: FakeClock;
let plugged: ReaderCandidate[];
let lists: number;
let onList: () => Promise<void>;
let change: () => void;
let failWatch: (error: Error) => void;
let watches: number;
let warnings: string[];
let events: string[];
let discovery: HidDiscovery;

beforeEach(() => {
	clock = new FakeClock();
	plugged = [];
	lists = 0;
	onList = async () => {};
	watches = 0;
	warnings = [];
	events = [];
	discovery = create(true);
});

afterEach(() => {
	discovery.stop();
	expect(clock.pending).toBe(0);
	expect(watches).toBe(0);
});

function candidate(path: string, serialNumber: string): ReaderCandidate {
	const device = { path, vendorId: 0x10c4, productId: 0xea80, usagePage: 0xff00, interface: 0, serialNumber };
	return { device, bridge: 'cp2110', model: 'Reader', isConfigured: false };
}

function create(canWatch: boolean): HidDiscovery {
	return new HidDiscovery({
		clock,
		logger: { ...silentLogger, warn: (message) => warnings.push(message) },
		list: async () => {
			lists++;
			// Like the library, each list returns new objects.
			const found = plugged.map((each) => ({ ...each }));
			await onList();
			return found;
		},
		watch: canWatch ? watch : undefined,
		events: {
			arrived: ({ device }) => events.push(`+${device.serialNumber}`),
			departed: ({ device }) => events.push(`-${device.serialNumber}`),
			failed: ({ message }) => events.push(message),
		},
	});
}

function watch(onChange: () => void, onError: (error: Error) => void): () => void {
	watches++;
	change = onChange;
	failWatch = (error) => {
		watches--;
		onError(error);
	};
	return () => watches--;
}

async function pass(ms: number): Promise<void> {
	clock.advance(ms);
	for (let i = 0; i < 10; i++) await Promise.resolve();
}

describe('HidDiscovery', () => {
	it('reports what is plugged in at the start', async () => {
		plugged = [A, B];
		await discovery.start();
		expect(events).toEqual(['+A', '+B']);
	});

	it('lists once, 10 ms after several simultaneous changes, and reports the differences', async () => {
		await discovery.start();
		plugged = [A];
		for (let i = 0; i < 5; i++) change();
		await pass(10);
		expect(events).toEqual(['+A']);
		expect(lists).toBe(2);
	});

	it('finds devices that the system lists up to 1 s after the change', async () => {
		await discovery.start();
		change();
		await pass(10);
		plugged = [A];
		await pass(90);
		plugged = [A, B];
		await pass(900);
		expect(events).toEqual(['+A', '+B']);
	});

	it('keeps listing during continuous changes', async () => {
		await discovery.start();
		for (let i = 0; i < 10; i++) {
			change();
			await pass(5);
		}
		expect(lists).toBeGreaterThanOrEqual(4);
	});

	it('lists every 5 s without any change', async () => {
		await discovery.start();
		await pass(4_999);
		expect(lists).toBe(1);
		await pass(1);
		await pass(5_000);
		expect(lists).toBe(3);
	});

	it('lists every second when changes are not reported', async () => {
		discovery = create(false);
		await discovery.start();
		plugged = [A];
		await pass(1_000);
		plugged = [];
		await pass(1_000);
		expect(events).toEqual(['+A', '-A']);
		expect(lists).toBe(3);
	});

	it('lists every second once the watch has failed, and logs a warning', async () => {
		await discovery.start();
		failWatch(new Error('ENOSPC'));
		await pass(1_000);
		const before = lists;
		await pass(1_000);
		await pass(1_000);
		expect(lists).toBe(before + 2);
		expect(warnings).toEqual([
			'HID devices cannot be watched for changes: the service lists them every second instead',
		]);
	});

	it('runs one list at a time, and lists again after a change during a list', async () => {
		await discovery.start();
		let answer = () => {};
		onList = () => new Promise((resolve) => (answer = resolve));
		change();
		await pass(10);
		plugged = [A];
		change();
		await pass(60_000);
		expect(lists).toBe(2);
		onList = async () => {};
		answer();
		await pass(0);
		await pass(10);
		expect(events).toEqual(['+A']);
	});

	it('waits for the first list before it lists again after a change', async () => {
		let answer = () => {};
		onList = () => new Promise((resolve) => (answer = resolve));
		const started = discovery.start();
		change();
		await pass(10);
		expect(lists).toBe(1);
		onList = async () => {};
		plugged = [A];
		answer();
		await started;
		await pass(10);
		expect(events).toEqual(['+A']);
	});

	it('reports a device that was replaced between two lists, on a new path and on the same path', async () => {
		plugged = [A];
		await discovery.start();
		plugged = [candidate('/dev/hidraw1', 'A')];
		change();
		await pass(10);
		plugged = [candidate('/dev/hidraw1', 'C')];
		change();
		await pass(10);
		expect(events).toEqual(['+A', '-A', '+A', '-A', '+C']);
	});

	describe('when a device is marked unplugged while it is still listed', () => {
		let arrived: ReaderCandidate;

		beforeEach(async () => {
			discovery = new HidDiscovery({
				clock,
				logger: silentLogger,
				list: async () => plugged,
				watch,
				events: {
					arrived: (found) => {
						arrived = found;
						events.push(`+${found.device.serialNumber}`);
					},
					departed: ({ device }) => events.push(`-${device.serialNumber}`),
					failed: () => {},
				},
			});
			plugged = [A];
			await discovery.start();
			discovery.markUnplugged(arrived);
		});

		it('does not report its departure, and reports it when it is plugged in again', async () => {
			plugged = [];
			await pass(10);
			plugged = [A];
			await pass(90);
			expect(events).toEqual(['+A', '+A']);
		});

		it('reports it again when it is still listed after a second', async () => {
			await pass(10);
			await pass(90);
			expect(events).toEqual(['+A']);
			await pass(900);
			expect(events).toEqual(['+A', '+A']);
		});

		it.each(CLOCK_STEPS_MS)('does so at the same time when the wall clock is set by %i ms', async (stepMs) => {
			clock.stepWallClock(stepMs);
			await pass(10);
			await pass(90);
			expect(events).toEqual(['+A']);
			await pass(900);
			expect(events).toEqual(['+A', '+A']);
		});
	});

	it.each(CLOCK_STEPS_MS)('lists soon after a change when the wall clock is set by %i ms', async (stepMs) => {
		await discovery.start();
		clock.stepWallClock(stepMs);
		plugged = [A];
		change();
		await pass(10);
		expect(events).toEqual(['+A']);
	});

	it('rejects and stops when the first list fails', async () => {
		onList = () => Promise.reject(new Error('no library'));
		await expect(discovery.start()).rejects.toMatchObject({ error: 'INTERNAL_ERROR' });
		expect(clock.pending).toBe(0);
		expect(watches).toBe(0);
	});

	it('tolerates two consecutive failures and stops at the third', async () => {
		plugged = [A];
		await discovery.start();
		onList = () => Promise.reject(new Error('out of memory'));
		await pass(5_000);
		await pass(5_000);
		onList = async () => {};
		await pass(5_000);
		onList = () => Promise.reject(new Error('out of memory'));
		await pass(5_000);
		await pass(5_000);
		expect(events).toEqual(['+A']);
		await pass(5_000);
		expect(events).toEqual(['+A', 'Internal server error']);
		expect(clock.pending).toBe(0);
	});

	it('reports nothing once stopped, not even the result of a list in progress', async () => {
		let answer = () => {};
		onList = () => new Promise((resolve) => (answer = resolve));
		plugged = [A];
		const started = discovery.start();
		discovery.stop();
		answer();
		await started;
		expect(events).toEqual([]);
	});
});
