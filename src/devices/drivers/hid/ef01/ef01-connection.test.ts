import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../../protocol/errors.ts';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { FakeHidPort } from '../testing/fake-hid-port.ts';
import { cp2110 } from '../transport/bridges/cp2110.ts';
import { SerialLine } from '../transport/serial-line.ts';
import { COMMANDS } from './commands.ts';
import { Ef01Connection } from './ef01-connection.ts';
import type { DecoderEvent } from './packet-decoder.ts';
import { encodePacket, type PacketType } from './packets.ts';

const GEN_IMG = 'write 0c ef 01 ff ff ff ff 01 00 03 01 00 05';
const UP_IMAGE = 'write 0c ef 01 ff ff ff ff 01 00 03 0a 00 0e';

function createConnection() {
	const clock = new FakeClock();
	const port = new FakeHidPort();
	port.onWrite = () => {};
	const connection = new Ef01Connection(new SerialLine(port, cp2110, clock), clock);
	const receive = (bytes: Uint8Array) => {
		for (const report of cp2110.toReports(bytes)) port.receive(report);
	};
	const answer = (type: PacketType, ...payload: number[]) =>
		receive(encodePacket({ type, payload: Uint8Array.from(payload) }));
	const acknowledge = (...payload: number[]) => answer('acknowledgement', ...payload);
	/** Advances the clock and lets pending callbacks run. */
	const pass = async (ms: number) => {
		await setImmediate();
		clock.advance(ms);
		await setImmediate();
	};
	return { clock, port, connection, receive, answer, acknowledge, pass };
}

describe('Ef01Link', () => {
	it('sends a command and returns confirm code and data of its answer', async () => {
		const { clock, port, connection, acknowledge } = createConnection();
		const answered = connection.request(COMMANDS.captureImage);
		acknowledge(2, 7);
		expect([...(await answered)]).toEqual([2, 7]);
		expect(port.sent).toEqual([GEN_IMG]);
		expect(clock.pending).toBe(0);
	});

	it('returns only the data from execute, and throws for an error code', async () => {
		const { connection, acknowledge } = createConnection();
		const ordered = connection.execute(COMMANDS.captureImage);
		acknowledge(0, 7);
		expect([...(await ordered)]).toEqual([7]);
		const refused = connection.execute(COMMANDS.captureImage);
		acknowledge(0x29);
		await expect(refused).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED', details: { confirmCode: 0x29 } });
	});

	it('sends an unanswered command three times, then rejects', async () => {
		const { clock, port, connection, pass } = createConnection();
		const failed = expect(connection.request(COMMANDS.captureImage)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		for (let attempt = 1; attempt <= 3; attempt++) {
			expect(port.sent).toEqual(new Array(attempt).fill(GEN_IMG));
			await pass(1_000);
			await pass(100);
		}
		await failed;
		expect(clock.pending).toBe(0);
	});

	it('sends a command again that arrived damaged', async () => {
		const { port, connection, acknowledge } = createConnection();
		const answered = connection.request(COMMANDS.captureImage);
		acknowledge(1);
		await setImmediate();
		acknowledge(0);
		expect([...(await answered)]).toEqual([0]);
		expect(port.sent).toEqual([GEN_IMG, GEN_IMG]);
	});

	it('ignores shorter answers, data packets and commands', async () => {
		const { connection, answer, acknowledge } = createConnection();
		const answered = connection.request(COMMANDS.readSystemParameters, { dataBytes: 2 });
		acknowledge(0);
		acknowledge(0, 1);
		answer('acknowledgement');
		answer('data', 0, 1, 2);
		answer('command', 0, 1, 2);
		acknowledge(0, 8, 9);
		expect([...(await answered)]).toEqual([0, 8, 9]);
	});

	it('ignores an answer that arrived before the command', async () => {
		const { clock, port, connection, acknowledge, pass } = createConnection();
		acknowledge(0);
		const answered = connection.request(COMMANDS.captureImage);
		await pass(99);
		expect(port.sent).toEqual([]);
		await pass(1);
		expect(port.sent).toEqual([GEN_IMG]);
		acknowledge(2);
		expect([...(await answered)]).toEqual([2]);
		expect(clock.pending).toBe(0);
	});

	it.each([
		['a damaged packet before', ['ef01ffffffff07000300000b', 'ef01ffffffff07000300000a']],
		['another answer directly after', ['ef01ffffffff07000300000a', 'ef01ffffffff07000300000a']],
	])('waits until the line is quiet after an answer with %s it', async (_what, packets) => {
		const { port, connection, receive, acknowledge, pass } = createConnection();
		const first = connection.request(COMMANDS.captureImage);
		receive(Buffer.from(packets.join(''), 'hex'));
		await first;
		const second = connection.request(COMMANDS.captureImage);
		await pass(99);
		expect(port.sent).toHaveLength(1);
		await pass(1);
		expect(port.sent).toHaveLength(2);
		acknowledge(2);
		await second;
	});

	it('waits until the line is quiet after a late answer, so that it is not taken for the next answer', async () => {
		const { connection, acknowledge, pass } = createConnection();
		const first = connection.request(COMMANDS.captureImage, { timeoutMs: 500 });
		await pass(500);
		await pass(100);
		acknowledge(0);
		await first;
		const second = connection.request(COMMANDS.captureImage);
		acknowledge(0);
		await pass(100);
		acknowledge(2);
		expect([...(await second)]).toEqual([2]);
	});

	it('rejects without sending a command when the module never stops sending', async () => {
		const { clock, port, connection, acknowledge, pass } = createConnection();
		acknowledge(0);
		const failed = expect(connection.request(COMMANDS.captureImage, { attempts: 1 })).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
		});
		for (let ms = 0; ms < 1_000; ms += 10) {
			acknowledge(0);
			await pass(10);
		}
		await failed;
		expect(port.sent).toEqual([]);
		expect(clock.pending).toBe(0);
	});

	it.each([
		['zeros', new Uint8Array(63)],
		['headers', Uint8Array.of(0xef, 0x01)],
		['starts of long packets', Uint8Array.of(0xef, 0x01, 0xff, 0xff, 0xff, 0xff, 0x07, 0x01, 0x02)],
		['whole data packets', encodePacket({ type: 'data', payload: new Uint8Array(32) })],
	])('rejects a command at its timeout while %s keep arriving', async (_what, bytes) => {
		const { clock, connection, receive, pass } = createConnection();
		const failed = expect(connection.request(COMMANDS.captureImage, { attempts: 1 })).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
		});
		for (let ms = 0; ms < 1_000; ms += 10) {
			receive(bytes);
			await pass(10);
		}
		await failed;
		expect(clock.pending).toBe(0);
	});

	it('collects several packets that arrive together with the acknowledgement', async () => {
		const { clock, port, connection, receive } = createConnection();
		const seen: string[] = [];
		const streamed = connection.stream(COMMANDS.uploadImage, { timeoutMs: 5_000 }, (event: DecoderEvent) => {
			seen.push(event.kind === 'packet' ? event.packet.type : event.fault);
			return seen.at(-1) === 'last-data' ? seen : undefined;
		});
		const packets = (['acknowledgement', 'data', 'last-data'] as const).map((type) =>
			encodePacket({ type, payload: Uint8Array.of(0) }),
		);
		receive(Uint8Array.from(packets.flatMap((bytes) => [...bytes])));
		expect(await streamed).toEqual(['acknowledgement', 'data', 'last-data']);
		expect(port.sent).toEqual([UP_IMAGE]);
		expect(clock.pending).toBe(0);
	});

	it('rejects a stream after a second without bytes, and at its timeout in any case', async () => {
		const { connection, answer, pass } = createConnection();
		const silent = expect(
			connection.stream(COMMANDS.uploadImage, { timeoutMs: 5_000 }, () => undefined),
		).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		answer('data', 1);
		await pass(1_000);
		await silent;
		const endless = expect(
			connection.stream(COMMANDS.uploadImage, { timeoutMs: 5_000 }, () => undefined),
		).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		await pass(100);
		for (let ms = 0; ms < 5_000; ms += 500) {
			answer('data', 1);
			await pass(500);
		}
		await endless;
	});

	it('rejects immediately when unplugged, also while it waits for a quiet line', async () => {
		const { clock, port, connection, acknowledge } = createConnection();
		const waiting = connection.request(COMMANDS.captureImage);
		port.unplug();
		await expect(waiting).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		await expect(connection.request(COMMANDS.captureImage)).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(clock.pending).toBe(0);
		const settling = createConnection();
		settling.acknowledge(0);
		const settled = settling.connection.request(COMMANDS.captureImage);
		settling.port.unplug();
		await expect(settled).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(settling.clock.pending).toBe(0);
		acknowledge(0);
	});

	it('times out a write that hangs, and rejects with the error of a write that fails', async () => {
		const { port, connection, pass } = createConnection();
		port.onWrite = () => new Promise(() => {});
		const hanging = expect(connection.request(COMMANDS.captureImage, { attempts: 1 })).rejects.toMatchObject({
			error: 'DEVICE_TIMEOUT',
		});
		await pass(1_000);
		await hanging;
		const refusal = new ServiceError('DEVICE_INIT_FAILED', { message: 'Write refused' });
		port.onWrite = () => {
			throw refusal;
		};
		const failed = expect(connection.request(COMMANDS.captureImage)).rejects.toBe(refusal);
		await pass(100);
		await failed;
	});
});
