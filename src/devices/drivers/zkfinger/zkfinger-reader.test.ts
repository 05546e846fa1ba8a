import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../protocol/errors.ts';
import { systemClock } from '../../../time/clock.ts';
import { FakeClock } from '../../../time/testing/fake-clock.ts';
import { describeReaderContract } from '../../testing/reader-contract.ts';
import { zkFingerError } from './library/zkfinger-codes.ts';
import type { Capture } from './process/zkfinger-messages.ts';
import { FakeZkFingerConnection } from './testing/fake-zkfinger-client.ts';
import { POLL_INTERVAL_MS, ZkFingerReader } from './zkfinger-reader.ts';

const IMAGE = { width: 2, height: 1, dpi: 500, data: Uint8Array.of(1, 2) };
const FINGER: Capture = { type: 'image', image: IMAGE, antiFakeStatus: undefined };
const SERIAL_NUMBER = 'A1';

function createReader(clock = new FakeClock(), pollIntervalMs = POLL_INTERVAL_MS) {
	const connection = new FakeZkFingerConnection();
	const reports: unknown[] = [];
	const reader = new ZkFingerReader({
		serialNumber: SERIAL_NUMBER,
		model: 'SLK20R',
		connection,
		clock,
		pollIntervalMs,
		owner: {
			classifyError: async (error) => error,
			onFault: (_, error) => reports.push(['fault', error.error]),
			onOpenFailed: () => reports.push('open failed'),
			onIdle: () => reports.push('idle'),
		},
	});
	const setCapture = (capture: Capture) => connection.captures.set(SERIAL_NUMBER, capture);
	/** Waits for the next capture. */
	const nextCapture = async () => {
		clock.advance(POLL_INTERVAL_MS);
		await setImmediate();
	};
	return { reader, connection, clock, reports, setCapture, nextCapture };
}

async function openReader() {
	const fixture = createReader();
	await fixture.reader.open();
	return { ...fixture, scan: new AbortController() };
}

describeReaderContract('ZkFingerReader', async () => {
	const connection = new FakeZkFingerConnection();
	const reader = new ZkFingerReader({
		serialNumber: SERIAL_NUMBER,
		model: 'SLK20R',
		connection,
		clock: systemClock,
		pollIntervalMs: 1,
		owner: { classifyError: async (error) => error, onFault: () => {}, onOpenFailed: () => {}, onIdle: () => {} },
	});
	return {
		reader,
		touch: async () => void connection.captures.set(SERIAL_NUMBER, FINGER),
		lift: async () => void connection.captures.delete(SERIAL_NUMBER),
		unplug: async () => reader.unplug(),
		fault: async () => {
			connection.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -17)];
			return 'DEVICE_INIT_FAILED';
		},
	};
});

describe('ZkFingerReader', () => {
	it('captures once per interval, and not at all while no call waits', async () => {
		const { reader, clock, setCapture, nextCapture, scan } = await openReader();
		expect(clock.pending).toBe(0);
		const touched = reader.nextTouch(scan.signal);
		await setImmediate();
		expect(clock.pending).toBe(1);
		setCapture(FINGER);
		clock.advance(POLL_INTERVAL_MS - 1);
		expect(reader.isInUse).toBe(true);
		await nextCapture();
		expect(await touched).toBe(IMAGE);
		expect(clock.pending).toBe(0);
	});

	it('treats four empty captures in a row as a lift, and fewer as a moving finger', async () => {
		const { reader, setCapture, nextCapture, scan, reports } = await openReader();
		const lifted = reader.waitForLift(scan.signal);
		for (let empty = 0; empty < 2; empty++) await nextCapture();
		setCapture(FINGER);
		await nextCapture();
		setCapture({ type: 'poor-quality' });
		await nextCapture();
		setCapture({ type: 'empty' });
		for (let empty = 0; empty < 3; empty++) await nextCapture();
		expect(reports).toEqual([]);
		await nextCapture();
		await lifted;
		expect(reports).toEqual(['idle']);
	});

	it('waits for a better image when an image is unusable', async () => {
		const { reader, setCapture, nextCapture, scan } = await openReader();
		setCapture({ type: 'poor-quality' });
		const touched = reader.nextTouch(scan.signal);
		await nextCapture();
		setCapture(FINGER);
		await nextCapture();
		expect(await touched).toBe(IMAGE);
	});

	it('waits while another program captures, and fails after 20 captures', async () => {
		const { reader, setCapture, nextCapture, scan, reports } = await openReader();
		setCapture({ type: 'busy' });
		const touched = expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_BUSY' });
		await setImmediate();
		for (let busy = 1; busy < 20; busy++) await nextCapture();
		await touched;
		expect(reports).toEqual(['idle']);
	});

	it('rejects a finger that the reader does not consider live, and accepts the next one', async () => {
		const { reader, setCapture, scan, reports } = await openReader();
		setCapture({ ...FINGER, antiFakeStatus: 3 });
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({
			error: 'NO_FINGERPRINT_DETECTED',
			isRetryable: true,
			details: { isLive: false, antiFakeStatus: 3 },
		});
		setCapture(FINGER);
		await expect(reader.nextTouch(scan.signal)).resolves.toBe(IMAGE);
		expect(reports).toEqual(['idle', 'idle']);
	});

	it('must be opened again after a fault, but not after a timeout', async () => {
		const { reader, connection, scan, reports } = await openReader();
		connection.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -28)];
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
			details: { code: -28 },
		});
		expect(reports).toEqual(['idle']);
		connection.failures.capture = [zkFingerError('ZKFPM_AcquireFingerprintImage', -7)];
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ details: { code: -7 } });
		expect(reports.slice(1)).toEqual(['idle', ['fault', 'DEVICE_INIT_FAILED']]);
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ details: { code: -7 } });
	});

	it('ends a call while a capture hangs, and ignores the result of the capture', async () => {
		const { reader, connection, clock, scan } = await openReader();
		let release = () => {};
		const until = new Promise<void>((resolve) => {
			release = resolve;
		});
		connection.held = { type: 'capture', until };
		const touched = reader.nextTouch(scan.signal);
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		release();
		await setImmediate();
		expect(clock.pending).toBe(0);
	});

	it('refuses a second call while the first one waits', async () => {
		const { reader, scan } = await openReader();
		const first = reader.nextTouch(scan.signal);
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_BUSY' });
		scan.abort();
		await expect(first).rejects.toThrow();
	});

	it('reports to its driver that it cannot be opened', async () => {
		const { reader, connection, reports } = createReader();
		connection.failures.open = [new ServiceError('DEVICE_INIT_FAILED')];
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		expect(reports).toEqual(['open failed']);
	});

	it('does not open if it is unplugged during the attempt', async () => {
		const { reader } = createReader();
		const opening = reader.open();
		reader.unplug();
		await expect(opening).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
	});

	it('closes the reader in the worker, unless the worker is not running', async () => {
		const { reader, connection } = await openReader();
		await reader.close();
		expect(connection.requests).toEqual(['open A1', 'close A1']);
		connection.isRunning = false;
		await reader.close();
		expect(connection.count('close A1')).toBe(1);
	});
});
