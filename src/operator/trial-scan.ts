import type { Extraction, GreyImage } from '../biometrics/worker-engine.ts';
import { assertNever } from '../protocol/assert-never.ts';
import { ServiceError } from '../protocol/errors.ts';
import type { ScanEvent } from '../scans/scan-machine.ts';
import type { ScanService } from '../scans/scan-service.ts';
import type { TrialScan } from './contract.ts';
import { toMinutiaView } from './views.ts';

/** Whatever the quality: the operator wants to see bad pictures most of all. */
const OPTIONS = { timeout: 30_000, qualityThreshold: 0, scansRequired: 1 };

export interface TrialPorts {
	readonly scans: ScanService;
	/** Makes a PNG file, off the event loop. */
	readonly encodePng: (image: GreyImage) => Promise<Uint8Array>;
}

interface Touch {
	readonly image: GreyImage;
	readonly extraction: Extraction;
}

/**
 * Scan one finger for the eyes of the operator.
 *
 * @param ownerId who can end it, through `ScanService.stopAllOf`
 * @throws ServiceError what the scan failed with; NO_FINGERPRINT_DETECTED when no finger came; SERVICE_UNAVAILABLE when stopped
 */
export async function trialScan(deviceId: string, ownerId: string, ports: TrialPorts): Promise<TrialScan> {
	const { touch, isUsable } = await scanOnce(deviceId, ownerId, ports.scans);
	const { width, height, dpi } = touch.image;
	const { quality, hints, minutiae } = touch.extraction;
	const png = Buffer.from(await ports.encodePng(touch.image)).toString('base64');
	return { png, width, height, dpi, quality, hints, minutiae: minutiae.map(toMinutiaView), isUsable };
}

function scanOnce(deviceId: string, ownerId: string, scans: ScanService): Promise<{ touch: Touch; isUsable: boolean }> {
	return new Promise((resolve, reject) => {
		let touch: Touch | undefined;
		const onEvent = (event: ScanEvent) => {
			const end = endOf(event);
			if (end === undefined) return;
			// Without a template the picture is still worth a look.
			const isWorthALook = end === 'usable' || end.error === 'TEMPLATE_EXTRACTION_FAILED';
			if (touch !== undefined && isWorthALook) resolve({ touch, isUsable: end === 'usable' });
			else reject(end);
		};
		const onPicture = (image: GreyImage, extraction: Extraction) => {
			touch = { image, extraction };
		};
		scans.start(
			{ deviceId, options: OPTIONS, observer: { onEvent, onImage: onPicture } },
			{ connectionId: ownerId, keyId: undefined },
		);
	});
}

/** How a scan has ended; `undefined` while it goes on. */
function endOf(event: ScanEvent): 'usable' | ServiceError | undefined {
	switch (event.type) {
		case 'fingerprint:detected':
		case 'scan:progress':
			return undefined;
		case 'scan:complete':
		case 'verify:complete':
			return 'usable';
		case 'scan:error':
			return event.error;
		case 'scan:timeout':
			return new ServiceError('NO_FINGERPRINT_DETECTED');
		case 'scan:stopped':
			return new ServiceError('SERVICE_UNAVAILABLE', { message: 'Scan is stopped', details: { reason: 'stopped' } });
		default:
			return assertNever(event);
	}
}
