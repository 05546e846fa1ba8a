import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../protocol/errors.ts';
import { systemClock } from '../../../time/clock.ts';
import { FakeClock } from '../../../time/testing/fake-clock.ts';
import { describeReaderContract } from '../../testing/reader-contract.ts';
import { zkFingerError } from './library/zkfinger-codes.ts';
import type { Capture } from './process/zkfinger-messages.ts';
import { FakeZkFingerLink } from './testing/fake-zkfinger-client.ts';
import { POLL_INTERVAL_MS, ZkFingerReader } from './zkfinger-reader.ts';

const PICTURE = { width: 2, height: 1, dpi: 500, data: Uint8Array.of(1, 2) };
const FINGER: Capture = { type: 'picture', picture: PICTURE, antiFakeStatus: undefined };
const SERIAL_NUMBER = 'A1';

function createReader(clock = new FakeClock(), pollIntervalMs = POLL_INTERVAL_MS) {
	const link = new FakeZkFingerLink();
	const heard: unknown[] = [];
	const reader = new ZkFingerReader({
		serialNumber: SERIAL_NUMBER,
		model: 'SLK20R',
		link,
		clock,
		pollIntervalMs,
		owner: {
			explain: async (error) => error,
			onFault: (_, error) => heard.push(['fault', error.error]),
			onOpenFailed: () => heard.push('open failed'),
			onIdle: () => heard.push('idle'),
		},
	});
	const feel = (capture: Capture) => link.sensors.set(SERIAL_NUMBER, capture);
	/** The next look comes when the pause is over. */
	const look = async () => {
		clock.advance(POLL_INTERVAL_MS);
		await setImmediate();
	};
	return { reader, link, clock, heard, feel, look };
}

async function openReader() {
	const rig = createReader();
	await rig.reader.open();
	return { ...rig, scan: new AbortController() };
}

describeReaderContract('ZkFingerReader', async () => {
	const link = new FakeZkFingerLink();
	const reader = new ZkFingerReader({
		serialNumber: SERIAL_NUMBER,
		model: 'SLK20R',
		link,
		clock: systemClock,
		pollIntervalMs: 1,
		owner: { explain: async (error) => error, onFault: () => {}, onOpenFailed: () => {}, onIdle: () => {} },
	});
	return {
		reader,
		touch: async () => void link.sensors.set(SERIAL_NUMBER, FINGER),
		lift: async () => void link.sensors.delete(SERIAL_NUMBER),
		unplug: async () => reader.unplug(),
		fault: async () => {
			link.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -17)];
			return 'DEVICE_INIT_FAILED';
		},
	};
});

describe('ZkFingerReader', () => {
	it('looks once in every interval, and pauses while nobody waits', async () => {
		const { reader, clock, feel, look, scan } = await openReader();
		expect(clock.pending).toBe(0);
		const touched = reader.nextTouch(scan.signal);
		await setImmediate();
		expect(clock.pending).toBe(1);
		feel(FINGER);
		clock.advance(POLL_INTERVAL_MS - 1);
		expect(reader.isInUse).toBe(true);
		await look();
		expect(await touched).toBe(PICTURE);
		expect(clock.pending).toBe(0);
	});

	it('takes four empty looks in a row for a lift, and fewer for a finger that moves', async () => {
		const { reader, feel, look, scan, heard } = await openReader();
		const lifted = reader.waitForLift(scan.signal);
		for (let empty = 0; empty < 2; empty++) await look();
		feel(FINGER);
		await look();
		feel({ type: 'poor-press' });
		await look();
		feel({ type: 'empty' });
		for (let empty = 0; empty < 3; empty++) await look();
		expect(heard).toEqual([]);
		await look();
		await lifted;
		expect(heard).toEqual(['idle']);
	});

	it('goes on when a finger is pressed too badly', async () => {
		const { reader, feel, look, scan } = await openReader();
		feel({ type: 'poor-press' });
		const touched = reader.nextTouch(scan.signal);
		await look();
		feel(FINGER);
		await look();
		expect(await touched).toBe(PICTURE);
	});

	it('waits while another program captures, but not for ever', async () => {
		const { reader, feel, look, scan, heard } = await openReader();
		feel({ type: 'busy' });
		const touched = expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_BUSY' });
		await setImmediate();
		for (let busy = 1; busy < 20; busy++) await look();
		await touched;
		expect(heard).toEqual(['idle']);
	});

	it('refuses a finger that its reader takes for a dead one, and serves the next', async () => {
		const { reader, feel, scan, heard } = await openReader();
		feel({ ...FINGER, antiFakeStatus: 3 });
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({
			error: 'NO_FINGERPRINT_DETECTED',
			isRetryable: true,
			details: { isLive: false, antiFakeStatus: 3 },
		});
		feel(FINGER);
		await expect(reader.nextTouch(scan.signal)).resolves.toBe(PICTURE);
		expect(heard).toEqual(['idle', 'idle']);
	});

	it('needs to be opened again after a fault, but not after a late answer', async () => {
		const { reader, link, scan, heard } = await openReader();
		link.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -28)];
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
			details: { code: -28 },
		});
		expect(heard).toEqual(['idle']);
		link.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -7)];
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ details: { code: -7 } });
		expect(heard.slice(1)).toEqual(['idle', ['fault', 'DEVICE_INIT_FAILED']]);
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ details: { code: -7 } });
	});

	it('ends a call while a look hangs, and drops what comes of the look', async () => {
		const { reader, link, clock, scan } = await openReader();
		let release = () => {};
		const until = new Promise<void>((resolve) => {
			release = resolve;
		});
		link.held = { type: 'capture', until };
		const touched = reader.nextTouch(scan.signal);
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		release();
		await setImmediate();
		expect(clock.pending).toBe(0);
	});

	it('refuses a second call while one waits', async () => {
		const { reader, scan } = await openReader();
		const first = reader.nextTouch(scan.signal);
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_BUSY' });
		scan.abort();
		await expect(first).rejects.toThrow();
	});

	it('tells its driver when it cannot be opened', async () => {
		const { reader, link, heard } = createReader();
		link.failures.open = [new ServiceError('DEVICE_INIT_FAILED')];
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		expect(heard).toEqual(['open failed']);
	});

	it('is not opened by an opening that ends after it was unplugged', async () => {
		const { reader } = createReader();
		const opening = reader.open();
		reader.unplug();
		await expect(opening).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
	});

	it('is closed over there once it is closed, unless nobody is there', async () => {
		const { reader, link } = await openReader();
		await reader.close();
		expect(link.requests).toEqual(['open A1', 'close A1']);
		link.isRunning = false;
		await reader.close();
		expect(link.count('close A1')).toBe(1);
	});
});
