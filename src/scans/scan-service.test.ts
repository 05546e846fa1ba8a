import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Extraction } from '../biometrics/worker-engine.ts';
import { DeviceIds } from '../devices/device-ids.ts';
import { DeviceRegistry } from '../devices/device-registry.ts';
import { FakeDriver, FakeReader } from '../devices/testing/fake-driver.ts';
import { silentLogger as logger } from '../log/silent-logger.ts';
import { DEFAULT_SCAN_OPTIONS } from '../protocol/client-messages.ts';
import { ServiceError } from '../protocol/errors.ts';
import { FakeClock } from '../time/testing/fake-clock.ts';
import type { FingerprintEngine } from './fingerprint-engine.ts';
import { ScanService } from './scan-service.ts';

const REQUEST = { deviceId: 'device-001', options: DEFAULT_SCAN_OPTIONS };
const ENROLMENT = { deviceId: 'device-001', options: { ...DEFAULT_SCAN_OPTIONS, scansRequired: 2 } };
const OWNER = { connectionId: 'connection-1', keyId: 'key-1' };
const GOOD: Extraction = {
	quality: 80,
	hints: [],
	minutiae: [],
	template: Uint8Array.of(1, 2, 3),
	hasFingerprint: true,
};

let dataDir: string;
let clock: FakeClock;
let driver: FakeDriver;
let reader: FakeReader;
let registry: DeviceRegistry;
let scans: ScanService;
let events: string[];
let engine: FingerprintEngine & {
	extraction: Extraction | ServiceError;
	isSame: boolean;
	prepared: number;
	encoded: number;
};

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'scan-service-'));
	clock = new FakeClock();
	driver = new FakeDriver();
	const ids = await DeviceIds.open({ dataDir, logger });
	registry = new DeviceRegistry({ drivers: [driver], ids, clock, logger });
	engine = {
		extraction: GOOD,
		isSame: true,
		prepared: 0,
		encoded: 0,
		prepare: () => {
			engine.prepared++;
		},
		extract: async () => {
			if (engine.extraction instanceof ServiceError) throw engine.extraction;
			return engine.extraction;
		},
		enrol: async ([template]) => (engine.isSame && template !== undefined ? merged(template) : undefined),
		verify: async (_template, candidates) => ({
			isMatch: engine.isSame,
			score: 70,
			threshold: 40,
			index: candidates.length - 1,
		}),
		encodePng: async ({ data }) => {
			engine.encoded++;
			return data;
		},
	};
	scans = new ScanService({ registry, engine, clock, logger, scansPerMinute: 10 });
	events = [];
	scans.on('event', (_scan, event) => {
		events.push('error' in event ? `${event.type} ${event.error.code}` : event.type);
	});
	registry.on('disconnected', () => events.push('device:disconnected'));
	await registry.start();
	reader = driver.plug(new FakeReader());
	await settle();
});

afterEach(async () => {
	await registry.stop();
	expect(clock.pending).toBe(0);
	await rm(dataDir, { recursive: true });
});

function merged(template: Uint8Array) {
	return { template, width: 300, height: 375, dpi: 500, quality: 80, minutiae: 30 };
}

/** Lets pending promises settle; the code under test waits for nothing else. */
async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

async function touch(): Promise<void> {
	reader.answer();
	await settle();
}

function statusOfReader(): string | undefined {
	return registry.get('device-001')?.status;
}

describe('ScanService', () => {
	it('runs a scan from start to template and releases the reader', async () => {
		const scan = scans.start(REQUEST, OWNER);
		expect(scan.id).toMatch(/^scan-[a-z0-9]{12}$/);
		expect(engine.prepared).toBe(1);
		expect(statusOfReader()).toBe('busy');
		await touch();
		expect(events).toEqual(['scan:started', 'fingerprint:detected', 'scan:complete']);
		expect(statusOfReader()).toBe('idle');
	});

	it('releases the reader before the terminal event, so that its receiver can start the next scan', async () => {
		const statuses: unknown[] = [];
		scans.on('event', (_scan, event) => event.type === 'scan:complete' && statuses.push(statusOfReader()));
		scans.start(REQUEST, OWNER);
		await touch();
		expect(statuses).toEqual(['idle']);
	});

	it('waits for the finger to lift between the touches of an enrolment', async () => {
		scans.start(ENROLMENT, OWNER);
		await touch();
		expect(events).toEqual(['scan:started', 'fingerprint:detected', 'scan:progress']);
		expect(reader.calls.at(-1)).toBe('waitForLift');
		await touch();
		expect(reader.calls.at(-1)).toBe('nextTouch');
		await touch();
		expect(events.slice(3)).toEqual(['fingerprint:detected', 'scan:complete']);
	});

	it('refuses an enrolment of different fingers', async () => {
		scans.start(ENROLMENT, OWNER);
		await touch();
		await touch();
		engine.isSame = false;
		await touch();
		expect(events.slice(3)).toEqual(['fingerprint:detected', 'scan:error 2005']);
	});

	it('encodes the image of each accepted touch only if the scan requests it', async () => {
		scans.start(ENROLMENT, OWNER);
		for (let i = 0; i < 3; i++) await touch();
		expect(engine.encoded).toBe(0);
		scans.start({ ...ENROLMENT, options: { ...ENROLMENT.options, image: true } }, OWNER);
		for (let i = 0; i < 3; i++) await touch();
		expect(engine.encoded).toBe(2);
		expect(events.at(-1)).toBe('scan:complete');
	});

	it('ends a verification with a comparison and without a template', async () => {
		const seen: unknown[] = [];
		scans.on('event', (scan, event) => seen.push([scan.isVerification, event]));
		scans.start({ ...REQUEST, candidates: [Uint8Array.of(1), Uint8Array.of(2)] }, OWNER);
		await touch();
		expect(seen.at(-1)).toEqual([
			true,
			{ type: 'verify:complete', comparison: { isMatch: true, score: 70, threshold: 40, index: 1 }, quality: 80 },
		]);
	});

	it('refuses a second scan while one is running', async () => {
		scans.start(REQUEST, OWNER);
		expect(() => scans.start(REQUEST, OWNER)).toThrow(expect.objectContaining({ code: 1002 }));
		expect(events).toEqual(['scan:started']);
		scans.stopAllOf('connection-1');
	});

	it('times out exactly once when no finger touches the reader', async () => {
		scans.start(REQUEST, OWNER);
		clock.advance(29_999);
		expect(events).toEqual(['scan:started']);
		clock.advance(1);
		clock.advance(60_000);
		await settle();
		expect(events).toEqual(['scan:started', 'scan:timeout']);
		expect(statusOfReader()).toBe('idle');
	});

	it('restarts the timer after each touch of an enrolment', async () => {
		scans.start(ENROLMENT, OWNER);
		clock.advance(29_000);
		await touch();
		clock.advance(29_999);
		expect(events).not.toContain('scan:timeout');
		clock.advance(1);
		expect(events.at(-1)).toBe('scan:timeout');
	});

	it('stops a scan only for the connection that started it', async () => {
		const { id } = scans.start(REQUEST, OWNER);
		for (const [scanId, connectionId] of [
			[id, 'connection-2'],
			['scan-unknown', 'connection-1'],
		] as const) {
			expect(() => scans.stop(scanId, connectionId)).toThrow(expect.objectContaining({ code: 6004 }));
		}
		scans.stop(id, 'connection-1');
		await settle();
		expect(events).toEqual(['scan:started', 'scan:stopped']);
		expect(() => scans.stop(id, 'connection-1')).toThrow(expect.objectContaining({ code: 6004 }));
	});

	it('stops the scans of a closed connection', async () => {
		scans.start(REQUEST, OWNER);
		scans.stopAllOf('connection-2');
		expect(events).toEqual(['scan:started']);
		scans.stopAllOf('connection-1');
		expect(events).toEqual(['scan:started', 'scan:stopped']);
	});

	it('ends the scan before it reports the reader as disconnected', async () => {
		scans.start(REQUEST, OWNER);
		driver.unplug(reader);
		await settle();
		expect(events).toEqual(['scan:started', 'scan:error 1003', 'device:disconnected']);
		expect(reader.calls).toEqual(['open', 'nextTouch', 'close']);
	});

	it('ends the scan when the reader is unplugged while the image is processed', async () => {
		let finish = (_: Extraction) => {};
		engine.extract = () => new Promise((resolve) => (finish = resolve));
		scans.start(REQUEST, OWNER);
		await touch();
		driver.unplug(reader);
		finish(GOOD);
		await settle();
		expect(events).toEqual(['scan:started', 'scan:error 1003', 'device:disconnected']);
	});

	it('ends the scan when the reader is unplugged before the finger lifts', async () => {
		scans.start(ENROLMENT, OWNER);
		await touch();
		driver.unplug(reader);
		await settle();
		expect(events).toEqual([
			'scan:started',
			'fingerprint:detected',
			'scan:progress',
			'scan:error 1003',
			'device:disconnected',
		]);
	});

	it('ends the scan once when the reader detects the unplugging before its driver', async () => {
		scans.start(REQUEST, OWNER);
		reader.fail(new ServiceError('DEVICE_DISCONNECTED'));
		await settle();
		driver.unplug(reader);
		await settle();
		expect(events).toEqual(['scan:started', 'scan:error 1003', 'device:disconnected']);
		expect(reader.calls).toEqual(['open', 'nextTouch', 'close']);
	});

	it('has at most one image of a reader in the engine when scans are started and stopped repeatedly', async () => {
		const images: (() => void)[] = [];
		engine.extract = () => new Promise((resolve) => images.push(() => resolve(GOOD)));
		for (let i = 0; i < 9; i++) {
			scans.start(REQUEST, OWNER);
			await touch();
			scans.stopAllOf('connection-1');
		}
		expect(images).toHaveLength(1);
		scans.start(REQUEST, OWNER);
		await touch();
		images[0]?.();
		await settle();
		expect(images).toHaveLength(2);
		images[1]?.();
		await settle();
		expect(events.slice(-3)).toEqual(['scan:started', 'fingerprint:detected', 'scan:complete']);
	});

	it.each([
		['stopped', () => scans.stopAllOf('connection-1')],
		['timed out', () => clock.advance(30_000)],
	])('scans on a reader whose previous scan was %s', async (_how, end) => {
		scans.start(REQUEST, OWNER);
		end();
		await settle();
		scans.start(REQUEST, OWNER);
		await touch();
		expect(events.at(-1)).toBe('scan:complete');
	});

	it('ends the scan with the error of the reader', async () => {
		scans.start(REQUEST, OWNER);
		driver.fault(reader, new ServiceError('DEVICE_TIMEOUT'));
		await settle();
		expect(events).toEqual(['scan:started', 'scan:error 1005']);
		expect(statusOfReader()).toBe('error');
	});

	it('wraps any other error of a reader as INTERNAL_ERROR', async () => {
		scans.start(REQUEST, OWNER);
		reader.fail(new TypeError('driver bug'));
		await settle();
		expect(events).toEqual(['scan:started', 'scan:error 5001']);
		expect(statusOfReader()).toBe('idle');
	});

	it('ends the scan when the engine fails', async () => {
		engine.extraction = new ServiceError('TEMPLATE_EXTRACTION_FAILED');
		scans.start(REQUEST, OWNER);
		await touch();
		expect(events).toEqual(['scan:started', 'scan:error 2003']);
	});

	it('ends all scans when the service stops', async () => {
		const second = driver.plug(new FakeReader({ serialNumber: 'FAKE-2' }));
		await settle();
		scans.start(REQUEST, OWNER);
		scans.start({ ...REQUEST, deviceId: 'device-002' }, OWNER);
		scans.failAll(new ServiceError('SERVICE_UNAVAILABLE'));
		expect(events.slice(2)).toEqual(['scan:error 5002', 'scan:error 5002']);
		expect(second.calls).toEqual(['open', 'nextTouch']);
	});

	it('allows a real reader ten scans a minute', async () => {
		for (let i = 0; i < 10; i++) {
			scans.start(REQUEST, OWNER);
			scans.stopAllOf('connection-1');
			clock.advance(1_000);
		}
		const refusal = expect.objectContaining({ code: 4004, details: { deviceId: 'device-001', retryAfter: 50 } });
		expect(() => scans.start(REQUEST, OWNER)).toThrow(refusal);
		clock.advance(50_000);
		scans.start(REQUEST, OWNER);
		scans.stopAllOf('connection-1');
	});

	it('does not limit the scans of a virtual reader', async () => {
		driver.plug(new FakeReader({ serialNumber: 'V', isVirtual: true }));
		await settle();
		for (let i = 0; i < 30; i++) {
			scans.start({ ...REQUEST, deviceId: 'device-002' }, OWNER);
			scans.stopAllOf('connection-1');
		}
		expect(events.filter((event) => event === 'scan:stopped')).toHaveLength(30);
	});
});

describe('a private scan', () => {
	it('is reported to its observer only, which receives the image before the resulting event', async () => {
		const seen: string[] = [];
		scans.start(
			{
				...REQUEST,
				observer: {
					onEvent: ({ type }) => seen.push(type),
					onImage: ({ width }, { quality }) => seen.push(`image ${width} ${quality}`),
				},
			},
			OWNER,
		);
		await touch();
		expect(seen).toEqual(['image 4 80', 'fingerprint:detected', 'scan:complete']);
		expect(events).toEqual([]);
	});

	it('keeps the reader busy for other clients, and ends when its owner disconnects', async () => {
		const seen: string[] = [];
		scans.start({ ...REQUEST, observer: { onEvent: ({ type }) => seen.push(type), onImage: () => {} } }, OWNER);
		expect(() => scans.start(REQUEST, OWNER)).toThrow('busy');
		scans.stopAllOf(OWNER.connectionId);
		expect(seen).toEqual(['scan:stopped']);
	});
});
