import { type ErrorName, ServiceError } from '../../../../protocol/errors.ts';
import { OK, PACKET_ERROR } from './commands.ts';

/** What a module answers with instead of 00, and what that is to us. */
interface ConfirmCode {
	readonly error: ErrorName;
	/** Ends a sentence that starts with "The reader reports". */
	readonly meaning: string;
}

/** A fault of the line, which the same command may survive when sent again. */
const transmissionFault = (meaning: string): ConfirmCode => ({ error: 'DEVICE_TIMEOUT', meaning });
/** A fault that only a new start of the reader, or its replacement, mends. */
const moduleFault = (meaning: string): ConfirmCode => ({ error: 'DEVICE_INIT_FAILED', meaning });

/** @see manuals of ZFM-70 and R503, and three implementations; codes of searching and storing are ones we never cause */
const CONFIRM_CODES: ReadonlyMap<number, ConfirmCode> = new Map([
	[0x01, transmissionFault('that a command arrived damaged')],
	[0x02, { error: 'NO_FINGERPRINT_DETECTED', meaning: 'that no finger rests on it' }],
	[0x03, { error: 'LOW_QUALITY', meaning: 'that a picture could not be taken' }],
	[0x06, { error: 'LOW_QUALITY', meaning: 'that the picture is too messy' }],
	[0x07, { error: 'TEMPLATE_EXTRACTION_FAILED', meaning: 'that the picture has too few features' }],
	[0x08, { error: 'MATCH_FAILED', meaning: 'that fingers do not match' }],
	[0x09, { error: 'RECORD_NOT_FOUND', meaning: 'that nothing was found' }],
	[0x0a, { error: 'ENROLLMENT_FAILED', meaning: 'that pictures are of different fingers' }],
	[0x0b, moduleFault('an address outside its library')],
	[0x0c, moduleFault('that a template could not be read')],
	[0x0d, transmissionFault('that a template could not be sent')],
	[0x0e, transmissionFault('that it cannot receive data')],
	[0x0f, transmissionFault('that the picture could not be sent')],
	[0x10, moduleFault('that a template could not be deleted')],
	[0x11, moduleFault('that its library could not be emptied')],
	[0x13, moduleFault('a wrong password: set the password of the module back to 0')],
	[0x15, transmissionFault('that it holds no picture')],
	[0x18, moduleFault('a fault of its flash memory: replace it')],
	[0x1a, moduleFault('that it has no such setting')],
	[0x20, moduleFault('a wrong address: set the address of the module back to ffffffff')],
	[0x21, moduleFault('that its password must be verified first')],
	[0x29, moduleFault('a fault of its sensor: clean it, replug it, or replace it')],
]);

/**
 * @param acknowledgement payload of the answer, confirm code first
 * @throws ServiceError what the table says of its code, with `details.confirmCode`; DEVICE_INIT_FAILED for an unknown one
 */
export function checkConfirmCode([code = PACKET_ERROR]: Uint8Array): void {
	if (code === OK) return;
	const { error, meaning } = CONFIRM_CODES.get(code) ?? moduleFault(`the unknown fault ${code}`);
	throw new ServiceError(error, { message: `The reader reports ${meaning}`, details: { confirmCode: code } });
}
