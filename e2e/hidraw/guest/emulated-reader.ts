import type { GreyImage } from '../../../src/biometrics/images/grey-image.ts';
import { silence, wrongChecksum } from '../../../src/devices/drivers/hid/testing/ef01-disturbances.ts';
import { SimulatedBridge } from '../../../src/devices/drivers/hid/testing/simulated-bridge.ts';
import { Ef01Simulator, type Ef01SimulatorOptions } from '../../../src/devices/drivers/hid/testing/simulated-ef01.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { CP2110_IDS, cp2110Descriptor } from './cp2110-descriptor.ts';
import type { ReaderKind, Trouble } from './emulator-commands.ts';
import { UhidDevice } from './uhid-device.ts';

/** Modules as they are sold: without a name and with a large sensor, with both a name and a small one. */
const MODULES: Readonly<Record<Exclude<ReaderKind, 'bare-chip'>, Pick<Ef01SimulatorOptions, 'model' | 'sensor'>>> = {
	zfm: {},
	r503: { model: 'R503', sensor: { width: 192, height: 192 } },
};

/** A report with as many bytes as this is one of a picture: answers to commands are shorter. */
const FULL_REPORT_BYTES = 64;

/** A fingerprint module behind a CP2110, played for the kernel: it sends no faster than its line would. */
export class EmulatedReader {
	private readonly bridge = new SimulatedBridge('cp2110');
	private readonly module: Ef01Simulator | undefined;
	private readonly device: UhidDevice;
	private onPictureReport: () => void = () => {};
	private onLook: () => void = () => {};

	constructor(kind: ReaderKind, serialNumber: string) {
		this.module = kind === 'bare-chip' ? undefined : this.createModule(kind);
		this.device = new UhidDevice(
			{ name: 'Emulated CP2110', serialNumber, ...CP2110_IDS, reportDescriptor: cp2110Descriptor() },
			{
				output: (report) => this.module && this.receive(this.module, report),
				feature: (report) => this.bridge.onFeature(report),
			},
		);
	}

	putDown(picture: GreyImage): void {
		this.module?.putDown(picture);
	}

	/** Resolves once the module has been asked to look at its bare sensor. */
	lift(): Promise<void> {
		this.module?.lift();
		return new Promise((resolve) => {
			this.onLook = resolve;
		});
	}

	disturb(trouble: Trouble, times: number): void {
		if (trouble === 'silence') this.module?.disturb('any', silence, times);
		else this.module?.disturb('UpImage', wrongChecksum, times);
	}

	mend(): void {
		this.module?.mend();
	}

	/** @returns when the plug was pulled, `monotonicMs` */
	async unplug(): Promise<number> {
		this.module?.stop();
		return this.device.unplug();
	}

	/** Pull the plug once so many full reports of a picture are sent. @returns when that was */
	unplugInUpload(afterReports: number): Promise<number> {
		return new Promise((resolve) => {
			let reportsLeft = afterReports;
			this.onPictureReport = () => {
				reportsLeft--;
				if (reportsLeft === 0) resolve(this.unplug());
			};
		});
	}

	private createModule(kind: keyof typeof MODULES): Ef01Simulator {
		const send = (bytes: Uint8Array) => this.send(bytes);
		return new Ef01Simulator({ ...MODULES[kind], clock: systemClock, send, isPaced: true });
	}

	private receive(module: Ef01Simulator, report: Uint8Array): void {
		const known = module.commands.length;
		module.receive(this.bridge.toLine(report), this.bridge.baud);
		if (module.commands.includes('GenImg', known)) this.onLook();
	}

	private send(bytes: Uint8Array): void {
		for (const report of this.bridge.fromLine(bytes)) {
			this.device.send(report);
			if (report.length === FULL_REPORT_BYTES) this.onPictureReport();
		}
	}
}
