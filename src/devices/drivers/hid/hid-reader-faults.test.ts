import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { encodePacket } from './ef01/packets.ts';
import {
	type AnswerFault,
	answeredWith,
	corruptedPayload,
	delayedBy,
	endlessBytes,
	followedByUnsolicitedAnswer,
	mergedPackets,
	noAnswer,
	noFault,
	precededByHeader,
	splitEvery,
	truncatedAfter,
	withoutPacket,
	wrongAddress,
	wrongChecksum,
} from './testing/ef01-faults.ts';
import { SimulatedReader } from './testing/simulated-reader.ts';

const SIZE = { width: 64, height: 64, dpi: 500 };
const IMAGE: GreyImage = { ...SIZE, data: Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 16) * 17) };
/** The longest timeout of a scan, ms. */
const SCAN_TIMEOUT_MS = 120_000;

const HARMLESS: [name: string, fault: AnswerFault][] = [
	['split into single bytes', splitEvery(1)],
	['split every 7 bytes', splitEvery(7)],
	['merged', mergedPackets],
	['delayed by 300 ms', delayedBy(300)],
];

const DAMAGE: [name: string, fault: AnswerFault][] = [
	['a corrupted payload', corruptedPayload],
	['wrong checksums', wrongChecksum],
	['a wrong address', wrongAddress],
	['a preceding header with length 0', precededByHeader(0)],
	['a preceding header with length 65535', precededByHeader(65_535)],
	['a preceding header of a packet that never arrives', precededByHeader(258)],
	['a following unsolicited answer', followedByUnsolicitedAnswer],
	['only the first packet', truncatedAfter(1)],
	['a missing packet', withoutPacket(1)],
	['the code for a failed upload', answeredWith(0x0f)],
	['no answer', noAnswer],
	['an answer after the timeout', delayedBy(2_000)],
];

const HOSTILE: [name: string, fault: AnswerFault][] = [
	...DAMAGE,
	['endless zeros', endlessBytes(new Uint8Array(60))],
	['endless headers', endlessBytes(Uint8Array.of(0xef, 0x01))],
	['endless acknowledgements', endlessBytes(encodePacket({ type: 'acknowledgement', payload: Uint8Array.of(0) }))],
	['endless data packets', endlessBytes(encodePacket({ type: 'data', payload: new Uint8Array(256) }))],
	['endless empty data packets', endlessBytes(encodePacket({ type: 'data', payload: new Uint8Array() }))],
	['an unknown code', answeredWith(0x77)],
];

async function openReader() {
	const simulated = new SimulatedReader({ model: 'R503', sensor: SIZE });
	await simulated.waitFor(simulated.reader.open());
	simulated.module.placeFinger(IMAGE);
	return { simulated, scan: new AbortController() };
}

describe('HidReader with transmission faults', () => {
	it.each(HARMLESS)('works with answers %s', async (_name, fault) => {
		const { simulated, scan } = await openReader();
		simulated.module.injectFault('any', fault);
		expect(await simulated.waitFor(simulated.reader.nextTouch(scan.signal))).toEqual(IMAGE);
		expect(simulated.module.commands.filter((name) => name === 'UpImage')).toHaveLength(1);
		expect(simulated.clock.pending).toBe(0);
	});

	it.each(DAMAGE)('fetches an image again after this fault: %s', async (_name, fault) => {
		const { simulated, scan } = await openReader();
		simulated.module.injectFault('UpImage', fault, 1);
		expect(await simulated.waitFor(simulated.reader.nextTouch(scan.signal))).toEqual(IMAGE);
		expect([simulated.module.baud, simulated.module.packetSizeBytes]).toEqual([57_600, 128]);
		expect(simulated.failures).toEqual([]);
		simulated.module.stop();
		expect(simulated.clock.pending).toBe(0);
	});

	it.each(DAMAGE)('repeats the command after this fault: %s', async (_name, fault) => {
		const { simulated, scan } = await openReader();
		simulated.module.injectFault('any', fault, 1);
		expect(await simulated.waitFor(simulated.reader.nextTouch(scan.signal))).toEqual(IMAGE);
		expect(simulated.failures).toEqual([]);
	});

	it.each(HOSTILE)('ends a scan within its timeout when every answer has this fault: %s', async (_name, fault) => {
		const { simulated, scan } = await openReader();
		simulated.module.injectFault('any', fault);
		const start = simulated.clock.now();
		const outcome = await simulated.waitFor(simulated.reader.nextTouch(scan.signal)).catch((error: unknown) => error);
		expect(simulated.clock.now() - start).toBeLessThan(SCAN_TIMEOUT_MS / 4);
		if (outcome instanceof Error) expect(simulated.failures).toEqual([outcome]);
		else expect(outcome).toEqual(IMAGE);
	});

	it.each(HOSTILE)(
		'rejects immediately when aborted, and can be closed, when every answer has this fault: %s',
		async (_n, fault) => {
			const { simulated, scan } = await openReader();
			simulated.module.injectFault('any', fault);
			const touched = simulated.reader.nextTouch(scan.signal).catch((error: unknown) => error);
			await simulated.advance(400);
			scan.abort();
			await touched;
			await simulated.waitFor(simulated.reader.close());
			simulated.module.stop();
			expect(simulated.port?.closeCalls).toBe(1);
			expect(simulated.clock.pending).toBe(0);
		},
	);

	it.each(HOSTILE)('ends open when every answer has this fault: %s', async (_name, fault) => {
		const simulated = new SimulatedReader();
		simulated.module.injectFault('any', fault);
		await simulated.waitFor(simulated.reader.open()).catch(() => {});
		await simulated.waitFor(simulated.reader.close());
		simulated.module.stop();
		expect(simulated.port?.closeCalls).toBe(1);
		expect(simulated.clock.pending).toBe(0);
	});

	it('returns the right image or rejects, with any noise before each answer', async () => {
		const noise = fc.array(fc.oneof(fc.constantFrom(0xef, 0x01, 0xff, 0x07, 0x00), fc.nat(255)), { maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(noise, async (bytes) => {
				const { simulated, scan } = await openReader();
				simulated.module.injectFault('any', (packets) => [{ send: Uint8Array.from(bytes) }, ...noFault(packets)], 5);
				const outcome = await simulated.waitFor(simulated.reader.nextTouch(scan.signal)).catch(() => IMAGE);
				expect(outcome).toEqual(IMAGE);
			}),
			{ numRuns: 30 },
		);
	});
});
