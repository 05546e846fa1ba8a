import { type ErrorName, ServiceError } from '../../../../protocol/errors.ts';
import { OK, PACKET_ERROR } from './commands.ts';

/** A confirm code other than 00, and the error of the service that it becomes. */
interface ConfirmCode {
	readonly error: ErrorName;
	/** Completes the sentence "The reader reports ...". */
	readonly meaning: string;
}

/** A transmission fault; the same command may succeed when it is sent again. */
const transmissionFault = (meaning: string): ConfirmCode => ({ error: 'DEVICE_TIMEOUT', meaning });
/** A fault that lasts until the module is restarted, configured or replaced. */
const moduleFault = (meaning: string): ConfirmCode => ({ error: 'DEVICE_INIT_FAILED', meaning });

/**
 * All confirm codes. The service never causes those of searching and storing.
 *
 * @see manuals of ZFM-70 and R503, and three implementations
 */
const CONFIRM_CODES: ReadonlyMap<number, ConfirmCode> = new Map([
	[0x01, transmissionFault('that a command arrived damaged')],
	[0x02, { error: 'NO_FINGERPRINT_DETECTED', meaning: 'that no finger rests on it' }],
	[0x03, { error: 'LOW_QUALITY', meaning: 'that an image could not be captured' }],
	[0x06, { error: 'LOW_QUALITY', meaning: 'that the image is too noisy' }],
	[0x07, { error: 'TEMPLATE_EXTRACTION_FAILED', meaning: 'that the image has too few features' }],
	[0x08, { error: 'MATCH_FAILED', meaning: 'that fingers do not match' }],
	[0x09, { error: 'RECORD_NOT_FOUND', meaning: 'that nothing was found' }],
	[0x0a, { error: 'ENROLLMENT_FAILED', meaning: 'that the images are of different fingers' }],
	[0x0b, moduleFault('an address outside its library')],
	[0x0c, moduleFault('that a template could not be read')],
	[0x0d, transmissionFault('that a template could not be sent')],
	[0x0e, transmissionFault('that it cannot receive data')],
	[0x0f, transmissionFault('that the image could not be sent')],
	[0x10, moduleFault('that a template could not be deleted')],
	[0x11, moduleFault('that its library could not be emptied')],
	[0x13, moduleFault('a wrong password: set the password of the module back to 0')],
	[0x15, transmissionFault('that it contains no image')],
	[0x18, moduleFault('a fault of its flash memory: replace it')],
	[0x1a, moduleFault('that it does not support a setting')],
	[0x20, moduleFault('a wrong address: set the address of the module back to ffffffff')],
	[0x21, moduleFault('that its password must be verified first')],
	[0x29, moduleFault('a fault of its sensor: clean it, replug it, or replace it')],
]);

/**
 * Checks that an acknowledgement contains the code OK.
 *
 * @param acknowledgement payload of the answer, confirm code first
 * @throws ServiceError from the table, with `details.confirmCode`; DEVICE_INIT_FAILED for an unknown code
 */
export function checkConfirmCode([code = PACKET_ERROR]: Uint8Array): void {
	if (code === OK) return;
	const { error, meaning } = CONFIRM_CODES.get(code) ?? moduleFault(`the unknown fault ${code}`);
	throw new ServiceError(error, { message: `The reader reports ${meaning}`, details: { confirmCode: code } });
}
