import type { GreyImage } from '../../../src/biometrics/worker-engine.ts';
import { noAnswer, wrongChecksum } from '../../../src/devices/drivers/hid/testing/ef01-faults.ts';
import { SimulatedBridge } from '../../../src/devices/drivers/hid/testing/simulated-bridge.ts';
import { SimulatedEf01, type SimulatedEf01Options } from '../../../src/devices/drivers/hid/testing/simulated-ef01.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { CP2110_IDS, cp2110Descriptor } from './cp2110-descriptor.ts';
import type { ReaderFault, ReaderKind } from './simulator-commands.ts';
import { UhidDevice } from './uhid-device.ts';

/** Two common modules: one with a large sensor that does not report its name, one with a small sensor that does. */
const MODULES: Readonly<Record<Exclude<ReaderKind, 'bare-chip'>, Pick<SimulatedEf01Options, 'model' | 'sensor'>>> = {
	zfm: {},
	r503: { model: 'R503', sensor: { width: 192, height: 192 } },
};

/** A report of this size belongs to an image, because answers to commands are shorter. */
const FULL_REPORT_BYTES = 64;

/** A simulated fingerprint module behind a CP2110, presented to the kernel through uhid, with the speed of a real line. */
export class SimulatedUhidReader {
	private readonly bridge = new SimulatedBridge('cp2110');
	private readonly module: SimulatedEf01 | undefined;
	private readonly device: UhidDevice;
	private onImageReport: () => void = () => {};
	private onCapture: () => void = () => {};

	constructor(kind: ReaderKind, serialNumber: string) {
		this.module = kind === 'bare-chip' ? undefined : this.createModule(kind);
		this.device = new UhidDevice(
			{ name: 'Simulated CP2110', serialNumber, ...CP2110_IDS, reportDescriptor: cp2110Descriptor() },
			{
				output: (report) => this.module && this.receive(this.module, report),
				feature: (report) => this.bridge.onFeature(report),
			},
		);
	}

	placeFinger(image: GreyImage): void {
		this.module?.placeFinger(image);
	}

	/** Resolves once the module has been asked to capture without a finger. */
	liftFinger(): Promise<void> {
		this.module?.liftFinger();
		return new Promise((resolve) => {
			this.onCapture = resolve;
		});
	}

	injectFault(fault: ReaderFault, times: number): void {
		if (fault === 'silence') this.module?.injectFault('any', noAnswer, times);
		else this.module?.injectFault('UpImage', wrongChecksum, times);
	}

	clearFaults(): void {
		this.module?.clearFaults();
	}

	/** Returns when it was unplugged, `monotonicMs`. */
	async unplug(): Promise<number> {
		this.module?.stop();
		return this.device.unplug();
	}

	/** Unplugs after this many full reports of an image. @returns when that was, `monotonicMs` */
	unplugDuringUpload(afterReports: number): Promise<number> {
		return new Promise((resolve) => {
			let reportsLeft = afterReports;
			this.onImageReport = () => {
				reportsLeft--;
				if (reportsLeft === 0) resolve(this.unplug());
			};
		});
	}

	private createModule(kind: keyof typeof MODULES): SimulatedEf01 {
		const send = (bytes: Uint8Array) => this.send(bytes);
		return new SimulatedEf01({ ...MODULES[kind], clock: systemClock, send, isPaced: true });
	}

	private receive(module: SimulatedEf01, report: Uint8Array): void {
		const known = module.commands.length;
		module.receive(this.bridge.toLine(report), this.bridge.baud);
		if (module.commands.includes('GenImg', known)) this.onCapture();
	}

	private send(bytes: Uint8Array): void {
		for (const report of this.bridge.fromLine(bytes)) {
			this.device.send(report);
			if (report.length === FULL_REPORT_BYTES) this.onImageReport();
		}
	}
}
