import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../log/silent-logger.ts';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
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
	return { device, bridge: 'cp2110', model: 'Reader', isCertain: false };
}

function create(canWatch: boolean): HidDiscovery {
	return new HidDiscovery({
		clock,
		logger: { ...silentLogger, warn: (message) => warnings.push(message) },
		list: async () => {
			lists++;
			// As the library does: what it lists are new objects each time.
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

	it('lists 10 ms after a change, however many come at once, and reports what is different', async () => {
		await discovery.start();
		plugged = [A];
		for (let i = 0; i < 5; i++) change();
		await pass(10);
		expect(events).toEqual(['+A']);
		expect(lists).toBe(2);
	});

	it('finds what is listed only a while after the change', async () => {
		await discovery.start();
		change();
		await pass(10);
		plugged = [A];
		await pass(90);
		plugged = [A, B];
		await pass(900);
		expect(events).toEqual(['+A', '+B']);
	});

	it('is not put off by changes without end', async () => {
		await discovery.start();
		for (let i = 0; i < 10; i++) {
			change();
			await pass(5);
		}
		expect(lists).toBeGreaterThanOrEqual(4);
	});

	it('lists every 5 s while nothing changes, as a net', async () => {
		await discovery.start();
		await pass(4_999);
		expect(lists).toBe(1);
		await pass(1);
		await pass(5_000);
		expect(lists).toBe(3);
	});

	it('lists every second where nothing tells of changes', async () => {
		discovery = create(false);
		await discovery.start();
		plugged = [A];
		await pass(1_000);
		plugged = [];
		await pass(1_000);
		expect(events).toEqual(['+A', '-A']);
		expect(lists).toBe(3);
	});

	it('lists every second once the watch has failed, and says so', async () => {
		await discovery.start();
		failWatch(new Error('ENOSPC'));
		await pass(1_000);
		const before = lists;
		await pass(1_000);
		await pass(1_000);
		expect(lists).toBe(before + 2);
		expect(warnings).toEqual(['Changes of HID devices cannot be watched: they are listed every second']);
	});

	it('has one list under way at most, and lists again for what changed meanwhile', async () => {
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

	it('waits for the first list, too, before it lists again for a change', async () => {
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

	it('tells a replugged device from the one before, on a new path and on the same', async () => {
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

	describe('when a device turns out to be gone before the list shows it', () => {
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
			discovery.lose(arrived);
		});

		it('says no more of it, and reports it when it is plugged in anew', async () => {
			plugged = [];
			await pass(10);
			plugged = [A];
			await pass(90);
			expect(events).toEqual(['+A', '+A']);
		});

		it('waits a second before it takes one that is still listed for plugged in', async () => {
			await pass(10);
			await pass(90);
			expect(events).toEqual(['+A']);
			await pass(900);
			expect(events).toEqual(['+A', '+A']);
		});
	});

	it('tells the caller when the first list fails, and stops', async () => {
		onList = () => Promise.reject(new Error('no library'));
		await expect(discovery.start()).rejects.toMatchObject({ error: 'INTERNAL_ERROR' });
		expect(clock.pending).toBe(0);
		expect(watches).toBe(0);
	});

	it('bears two failures and gives up at the third in a row', async () => {
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

	it('reports nothing once stopped, not even what was being listed', async () => {
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
