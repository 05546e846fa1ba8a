import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger as logger } from '../log/silent-logger.ts';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import { DeviceIds } from './device-ids.ts';
import { DeviceRegistry, type ReaderLease } from './device-registry.ts';
import { FakeDriver, FakeReader } from './testing/fake-driver.ts';

const ID = 'device-001';
const HOUR_MS = 3_600_000;
const slow = new ServiceError('DEVICE_TIMEOUT');

let dataDir: string;
let clock: FakeClock;
let driver: FakeDriver;
let registry: DeviceRegistry;
let reader: FakeReader;
let lease: ReaderLease | undefined;
/** Ends the `open` or `close` that hangs. */
let proceed: (error?: ServiceError) => void;
let events: string[];

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'device-life-'));
	clock = new FakeClock();
	driver = new FakeDriver();
	registry = new DeviceRegistry({ drivers: [driver], ids: await DeviceIds.open({ dataDir, logger }), clock, logger });
	reader = new FakeReader();
	lease = undefined;
	proceed = () => {};
	registry.on('connected', () => events.push('connected'));
	registry.on('disconnected', () => events.push('disconnected'));
	registry.on('status', ({ status }, previous) => events.push(`${previous} to ${status}`));
	registry.on('lost', (_id, { code }) => events.push(`lost ${code}`));
	events = [];
	await registry.start();
});

afterEach(async () => {
	reader.onOpen = async () => {};
	reader.onClose = async () => {};
	proceed();
	await registry.stop();
	// No case may leave a timer, and each `open` must be followed by one `close`.
	expect(clock.pending).toBe(0);
	expect(reader.calls.filter((call) => call === 'open' || call === 'close').join()).toMatch(/^(open,close(,|$))*$/);
	await rm(dataDir, { recursive: true });
});

function hang(): Promise<void> {
	return new Promise((resolve, reject) => {
		proceed = (error) => (error === undefined ? resolve() : reject(error));
	});
}

/** Every stage of a plugged-in reader, and how to reach it. */
const STAGES = {
	opening: async () => {
		reader.onOpen = hang;
		driver.plug(reader);
	},
	idle: async () => {
		driver.plug(reader);
	},
	busy: async () => {
		driver.plug(reader);
		await setImmediate();
		lease = registry.acquire(ID);
	},
	closing: async () => {
		reader.onClose = hang;
		driver.plug(reader);
		await setImmediate();
		driver.fault(reader, slow);
	},
	waiting: async () => {
		driver.plug(reader);
		await setImmediate();
		driver.fault(reader, slow);
	},
	reopening: async () => {
		await STAGES.waiting();
		await setImmediate();
		reader.onOpen = hang;
		clock.advance(1_000);
	},
} as const satisfies Record<string, () => Promise<void>>;

/** Every event that can happen to a plugged-in reader. */
const EVENTS = {
	'is opened': () => reader.onOpen === hang && proceed(),
	'does not open': () => reader.onOpen === hang && proceed(slow),
	'is closed': () => reader.onClose === hang && proceed(),
	'is acquired': () => {
		try {
			registry.acquire(ID);
		} catch (error) {
			events.push(`refused ${toServiceError(error).code}`);
		}
	},
	'is released': () => lease?.release(),
	'reports a fault': () => driver.fault(reader, slow),
	'fails in a call': async () => {
		if (lease === undefined) return;
		const touched = lease.reader.nextTouch(new AbortController().signal);
		reader.fail(slow);
		await expect(touched).rejects.toBe(slow);
	},
	'is unplugged': () => driver.unplug(reader),
	'is replugged before its departure is reported': () => driver.plug(new FakeReader()),
	'is reported twice': () => driver.plug(reader),
	'has a driver that crashes': () => driver.crash(slow),
	'is plugged in when the system sleeps': () => void registry.suspend(),
	'is plugged in when the service stops': () => void registry.stop(),
	'is not used for an hour': async () => {
		clock.advance(1_000);
		await setImmediate();
		clock.advance(HOUR_MS);
	},
} as const satisfies Record<string, () => unknown>;

type Stage = keyof typeof STAGES;
type LifeEvent = keyof typeof EVENTS;

const GONE = 'lost 1003, disconnected';
const atEveryStage = (what: string): Record<Stage, string> => ({
	opening: what,
	idle: what,
	busy: what,
	closing: what,
	waiting: what,
	reopening: what,
});

/** What the registry reports for each event at each stage; empty if the event changes nothing. */
const TABLE: Record<LifeEvent, Record<Stage, string>> = {
	'is opened': { ...atEveryStage(''), opening: 'connected to idle', reopening: 'error to idle' },
	'does not open': { ...atEveryStage(''), opening: 'connected to error' },
	'is closed': atEveryStage(''),
	'is acquired': {
		...atEveryStage('refused 1005'),
		opening: 'refused 1002',
		idle: 'idle to busy',
		busy: 'refused 1002',
	},
	'is released': { ...atEveryStage(''), busy: 'busy to idle' },
	'reports a fault': {
		opening: 'connected to error, lost 1005',
		idle: 'idle to error, lost 1005',
		busy: 'busy to error, lost 1005',
		closing: '',
		waiting: '',
		reopening: 'lost 1005',
	},
	'fails in a call': { ...atEveryStage(''), busy: 'busy to error, lost 1005' },
	'is unplugged': atEveryStage(GONE),
	'is replugged before its departure is reported': atEveryStage(`${GONE}, connected, connected to idle`),
	'is reported twice': atEveryStage(''),
	'has a driver that crashes': atEveryStage(GONE),
	'is plugged in when the system sleeps': atEveryStage(GONE),
	'is plugged in when the service stops': atEveryStage(''),
	'is not used for an hour': { ...atEveryStage(''), opening: 'connected to error', waiting: 'error to idle' },
};
const CELLS = (Object.keys(STAGES) as Stage[]).flatMap((stage) =>
	(Object.keys(EVENTS) as LifeEvent[]).map((event) => ({ stage, event, reports: TABLE[event][stage] })),
);

describe('a reader', () => {
	it.each(CELLS)('that is $stage and $event: $reports', async ({ stage, event, reports }) => {
		await STAGES[stage]();
		await setImmediate();
		events.length = 0;
		await EVENTS[event]();
		await setImmediate();
		expect(events.join(', ')).toBe(reports);
	});
});

describe('DeviceRegistry after 1000 rounds', () => {
	it('has no timer and no reader left when a reader was plugged in, used and unplugged in each', async () => {
		const callsPerReader = new Set<string>();
		for (let round = 0; round < 1_000; round++) {
			reader = driver.plug(new FakeReader());
			await setImmediate();
			lease = registry.acquire(ID);
			const touched = expect(lease.reader.nextTouch(new AbortController().signal)).rejects.toMatchObject({
				code: 1003,
			});
			reader.fail(new ServiceError('DEVICE_DISCONNECTED'));
			driver.unplug(reader);
			lease.release();
			await touched;
			await setImmediate();
			callsPerReader.add(reader.calls.join());
		}
		expect([...callsPerReader]).toEqual(['open,nextTouch,close']);
		expect(registry.list()).toEqual([]);
		expect(clock.pending).toBe(0);
		expect(registry.identify('device-002')).toBeUndefined();
	});

	it('has one timer when a reader never opens', async () => {
		reader.onOpen = () => Promise.reject(slow);
		driver.plug(reader);
		for (let round = 0; round < 1_000; round++) {
			await setImmediate();
			expect(clock.pending).toBe(1);
			clock.advance(30_000);
		}
		await setImmediate();
		expect(events).toEqual(['connected', 'connected to error']);
	});
});
