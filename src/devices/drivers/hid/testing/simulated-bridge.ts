import { BAUD_STEP } from '../ef01/commands.ts';
import { BRIDGES, type BridgeName } from '../transport/bridges/bridges.ts';

const BAUDS = Array.from({ length: 12 }, (_, i) => (i + 1) * BAUD_STEP);

/**
 * The chip's side of a bridge, for tests: what a HID device has to do so that our side of the bridge finds a serial line
 * behind it.
 */
export class SimulatedBridge {
	/** Speed of its line; undefined for a bridge on which it cannot be set: it fits any module. */
	baud: number | undefined;
	/** Off after power-up, where it can be switched at all. */
	isOn: boolean;
	private readonly name: BridgeName;

	constructor(name: BridgeName) {
		this.name = name;
		this.isOn = BRIDGES[name].settings === undefined;
	}

	/** @param report as it was sent, report id first. @returns the bytes that go out on the line; none while it is off */
	toLine(report: Uint8Array): Uint8Array {
		if (!this.isOn) return new Uint8Array();
		return BRIDGES[this.name].fromReport(this.hasReportIds ? report : report.subarray(1));
	}

	/** @returns input reports with what came in on the line; none while it is off */
	fromLine(bytes: Uint8Array): Uint8Array[] {
		if (!this.isOn) return [];
		const reports = BRIDGES[this.name].toReports(bytes);
		return this.hasReportIds ? reports : reports.map((report) => report.subarray(1));
	}

	/** @throws Error on a feature report that our side of the bridge never sends */
	onFeature(report: Uint8Array): void {
		const { settings } = BRIDGES[this.name];
		const isOneOf = (reports: Uint8Array[] = []) => reports.some((known) => Buffer.compare(known, report) === 0);
		const bauds = BAUDS.filter((baud) => isOneOf(settings?.open(baud)) || isOneOf(settings?.setBaud(baud)));
		const isClosing = isOneOf(settings?.close());
		if (bauds.length === 0 && !isClosing) throw new Error(`unknown feature report ${[...report]}`);
		// A report that is the same for every speed does not set it, but belongs to the opening.
		if (bauds.length === 1) this.baud = bauds[0];
		else this.isOn = !isClosing;
	}

	private get hasReportIds(): boolean {
		const [report] = BRIDGES[this.name].toReports(Uint8Array.of(1));
		return report?.[0] !== 0;
	}
}
