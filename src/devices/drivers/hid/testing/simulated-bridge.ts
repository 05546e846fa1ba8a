import { BAUD_STEP } from '../ef01/commands.ts';
import { BRIDGES, type BridgeName } from '../transport/bridges/bridges.ts';

const BAUDS = Array.from({ length: 12 }, (_, i) => (i + 1) * BAUD_STEP);

/**
 * Simulates the chip of a bridge: converts HID reports to bytes on the serial line and back.
 */
export class SimulatedBridge {
	/** Baud rate of its line; undefined for a bridge without settings, which then matches any module. */
	baud: number | undefined;
	/** Whether the line is on; initially off for a bridge with settings. */
	isOn: boolean;
	private readonly name: BridgeName;

	constructor(name: BridgeName) {
		this.name = name;
		this.isOn = BRIDGES[name].settings === undefined;
	}

	/** Returns the bytes that a sent report puts on the line; none while it is off. @param report report id first */
	toLine(report: Uint8Array): Uint8Array {
		if (!this.isOn) return new Uint8Array();
		return BRIDGES[this.name].fromReport(this.hasReportIds ? report : report.subarray(1));
	}

	/** Returns the input reports for bytes received on the line; none while it is off. */
	fromLine(bytes: Uint8Array): Uint8Array[] {
		if (!this.isOn) return [];
		const reports = BRIDGES[this.name].toReports(bytes);
		return this.hasReportIds ? reports : reports.map((report) => report.subarray(1));
	}

	/** Applies a feature report. @throws Error for one that the driver never sends */
	onFeature(report: Uint8Array): void {
		const { settings } = BRIDGES[this.name];
		const isOneOf = (reports: Uint8Array[] = []) => reports.some((known) => Buffer.compare(known, report) === 0);
		const bauds = BAUDS.filter((baud) => isOneOf(settings?.open(baud)) || isOneOf(settings?.setBaud(baud)));
		const isClosing = isOneOf(settings?.close());
		if (bauds.length === 0 && !isClosing) throw new Error(`unknown feature report ${[...report]}`);
		// A report that is the same for every baud rate does not set the rate, but switches the line on.
		if (bauds.length === 1) this.baud = bauds[0];
		else this.isOn = !isClosing;
	}

	private get hasReportIds(): boolean {
		const [report] = BRIDGES[this.name].toReports(Uint8Array.of(1));
		return report?.[0] !== 0;
	}
}
