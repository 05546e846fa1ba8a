import { describe, expect, it } from 'vitest';
import { BRIDGES, type BridgeName } from '../transport/bridges/bridges.ts';
import { SimulatedBridge } from './simulated-bridge.ts';

const NAMES = Object.keys(BRIDGES) as BridgeName[];
const BYTES = Uint8Array.of(0xef, 0x01, 0x00);

function openBridge(name: BridgeName): SimulatedBridge {
	const bridge = new SimulatedBridge(name);
	for (const report of BRIDGES[name].settings?.open(57_600) ?? []) bridge.onFeature(report);
	return bridge;
}

describe.each(NAMES)('a simulated %s', (name) => {
	it('converts sent reports to bytes on the line and back', () => {
		const bridge = openBridge(name);
		const onLine = BRIDGES[name].toReports(BYTES).flatMap((report) => [...bridge.toLine(report)]);
		const received = bridge.fromLine(BYTES).flatMap((report) => [...BRIDGES[name].fromReport(report)]);
		expect(onLine.slice(0, 3)).toEqual([...BYTES]);
		expect(received.slice(0, 3)).toEqual([...BYTES]);
	});
});

describe.each(['cp2110', 'ft260'] as const)('a simulated %s', (name) => {
	it('sets its baud rate from feature reports', () => {
		const bridge = openBridge(name);
		expect(bridge.baud).toBe(57_600);
		for (const report of BRIDGES[name].settings?.setBaud(115_200) ?? []) bridge.onFeature(report);
		expect(bridge.baud).toBe(115_200);
	});

	it('transfers nothing before it is opened and after it is closed', () => {
		const [report = new Uint8Array()] = BRIDGES[name].toReports(BYTES);
		expect(new SimulatedBridge(name).toLine(report)).toHaveLength(0);
		const bridge = openBridge(name);
		for (const closing of BRIDGES[name].settings?.close() ?? []) bridge.onFeature(closing);
		expect(bridge.toLine(report)).toHaveLength(0);
		expect(bridge.fromLine(BYTES)).toEqual([]);
	});

	it('throws for a feature report that the driver does not use', () => {
		expect(() => openBridge(name).onFeature(Uint8Array.of(0x60, 1))).toThrow('unknown feature report');
	});
});
