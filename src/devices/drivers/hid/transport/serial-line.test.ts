import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../../protocol/errors.ts';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { FakeHidPort } from '../testing/fake-hid-port.ts';
import { ch9329 } from './bridges/ch9329.ts';
import { cp2110 } from './bridges/cp2110.ts';
import { SerialLine } from './serial-line.ts';

function createLine(bridge = cp2110) {
	const clock = new FakeClock();
	const port = new FakeHidPort();
	port.onWrite = () => {};
	port.onSendFeature = () => {};
	return { clock, port, line: new SerialLine(port, bridge, clock) };
}

describe('SerialLine', () => {
	it('sets up the bridge, changes the baud rate, sends bytes, switches off and closes', async () => {
		const { port, line } = createLine();
		await line.open(57_600);
		await line.setBaud(115_200);
		await line.write(Uint8Array.of(0xef, 0x01));
		await line.close();
		expect(port.sent).toEqual([
			'feature 50 00 00 e1 00 00 00 03 00',
			'feature 43 03',
			'feature 41 01',
			'feature 50 00 01 c2 00 00 00 03 00',
			'write 02 ef 01',
			'feature 41 00',
		]);
		expect(port.closeCalls).toBe(1);
	});

	it('sends long data in several reports, in sequence', async () => {
		const { port, line } = createLine();
		let release = () => {};
		port.onWrite = () => new Promise<void>((resolve) => (release = resolve));
		const written = line.write(new Uint8Array(64));
		expect(port.sent).toHaveLength(1);
		port.onWrite = () => {};
		release();
		await written;
		expect(port.sent).toHaveLength(2);
	});

	it('passes on the bytes of reports, and nothing for a report without bytes', () => {
		const { port, line } = createLine();
		const received: number[][] = [];
		line.onBytes((bytes) => received.push([...bytes]));
		port.receive(Uint8Array.of(2, 7, 8));
		port.receive(Uint8Array.of(0x41, 1));
		expect(received).toEqual([[7, 8]]);
	});

	it('sends no settings to a bridge that does not support them', async () => {
		const { port, line } = createLine(ch9329);
		await line.open(57_600);
		await line.setBaud(115_200);
		await line.close();
		expect(line.canSetBaud).toBe(false);
		expect(port.sent).toEqual([]);
		expect(port.closeCalls).toBe(1);
	});

	it('closes the port once, also when the bridge is unplugged or rejects settings', async () => {
		const { port, line } = createLine();
		port.onSendFeature = () => {
			throw new ServiceError('DEVICE_INIT_FAILED');
		};
		await Promise.all([line.close(), line.close()]);
		const unplugged = createLine();
		unplugged.port.unplug();
		await unplugged.line.close();
		expect([port.closeCalls, unplugged.port.closeCalls]).toEqual([1, 1]);
		expect(await unplugged.line.closed).toMatchObject({ error: 'DEVICE_DISCONNECTED' });
	});

	it('times out a bridge that accepts no report, and a port that does not close', async () => {
		const { clock, port, line } = createLine();
		port.onSendFeature = () => new Promise(() => {});
		const refused = expect(line.setBaud(115_200)).rejects.toMatchObject({ error: 'DEVICE_TIMEOUT' });
		clock.advance(2_000);
		await refused;
		port.close = () => new Promise(() => {});
		const closed = line.close();
		clock.advance(2_000);
		await setImmediate();
		clock.advance(2_000);
		await closed;
		expect(clock.pending).toBe(0);
	});

	it('leaves no timer behind', async () => {
		const { clock, line } = createLine();
		await line.open(57_600);
		await line.close();
		expect(clock.pending).toBe(0);
	});
});
