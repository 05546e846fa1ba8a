/** Confirm codes that change the control flow; `confirm-codes.ts` contains all codes. */
export const OK = 0x00;
export const PACKET_ERROR = 0x01;
export const NO_FINGER = 0x02;
export const CAPTURE_FAILED = 0x03;

/** First byte of a command, with the names of the manuals. */
export const INSTRUCTIONS = {
	GenImg: 0x01,
	UpImage: 0x0a,
	SetSysPara: 0x0e,
	ReadSysPara: 0x0f,
	VfyPwd: 0x13,
	AuraLedConfig: 0x35,
	ReadProdInfo: 0x3c,
	LedOn: 0x50,
	LedOff: 0x51,
} as const;

/** Parameter numbers of SetSysPara. */
export const PARAMETERS = { baud: 4, packetSize: 6 } as const;

/** Unit of the baud rates: each is 1 to 12 times this value. */
export const BAUD_STEP = 9_600;

/** Data bytes in a packet; the index is the module's code for it. */
export const PACKET_SIZES = [32, 64, 128, 256] as const;

/** Payloads of the commands. */
export const COMMANDS = {
	/** Uses the factory default password 0. */
	verifyPassword: Uint8Array.of(INSTRUCTIONS.VfyPwd, 0, 0, 0, 0),
	captureImage: Uint8Array.of(INSTRUCTIONS.GenImg),
	uploadImage: Uint8Array.of(INSTRUCTIONS.UpImage),
	readSystemParameters: Uint8Array.of(INSTRUCTIONS.ReadSysPara),
	readProductInfo: Uint8Array.of(INSTRUCTIONS.ReadProdInfo),
	/** @param value baud / 9600, or the index in `PACKET_SIZES` */
	setSystemParameter: (number: number, value: number) => Uint8Array.of(INSTRUCTIONS.SetSysPara, number, value),
	/** Ring light of an R50x, breathing blue: control 1 (breathing), speed 80, colour 2 (blue), count 0 (endless). */
	auraOn: Uint8Array.of(INSTRUCTIONS.AuraLedConfig, 1, 0x80, 2, 0),
	auraOff: Uint8Array.of(INSTRUCTIONS.AuraLedConfig, 4, 0, 2, 0),
	/** Light of a ZFM or R30x. */
	ledOn: Uint8Array.of(INSTRUCTIONS.LedOn),
	ledOff: Uint8Array.of(INSTRUCTIONS.LedOff),
};

/** Communication settings, read with ReadSysPara. An R308 does not support the command. */
export interface SystemParameters {
	readonly packetSizeBytes: (typeof PACKET_SIZES)[number];
	readonly baud: number;
}

/** Bytes after the confirm code of ReadSysPara. */
export const SYSTEM_PARAMETERS_BYTES = 16;

/**
 * Parses the data of ReadSysPara.
 *
 * ```
 * offset   bytes   field
 * 0        2       status            6   2   security level       12   2   packet size code
 * 2        2       system id         8   4   address              14   2   baud / 9600
 * 4        2       library size
 * ```
 *
 * @param data at least 16 bytes
 * @returns undefined when a field is out of range
 */
export function tryParseSystemParameters(data: Uint8Array): SystemParameters | undefined {
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	const packetSizeBytes = PACKET_SIZES[view.getUint16(12)];
	const factor = view.getUint16(14);
	if (packetSizeBytes === undefined || factor < 1 || factor > 12) return undefined;
	return { packetSizeBytes, baud: factor * BAUD_STEP };
}

/** Product information of an R503, read with ReadProdInfo. Most other modules do not support the command. */
export interface ProductInfo {
	readonly model: string;
	readonly serialNumber: string;
	/** Hardware version, such as `1.2`. */
	readonly hardwareVersion: string;
	readonly sensor: string;
	/** Size of the sensor, pixels. */
	readonly width: number;
	readonly height: number;
}

/** Bytes after the confirm code of ReadProdInfo. */
export const PRODUCT_INFO_BYTES = 46;

/**
 * Parses the data of ReadProdInfo. Texts are padded with zeros.
 *
 * ```
 * offset   bytes   field              offset   bytes   field
 * 0        16      model              38       2       width of the image
 * 16       4       batch              40       2       height of the image
 * 20       8       serial number      42       2       template size
 * 28       2       hardware version   44       2       database size
 * 30       8       sensor
 * ```
 *
 * @param data at least 46 bytes
 */
export function parseProductInfo(data: Uint8Array): ProductInfo {
	const view = new DataView(data.buffer, data.byteOffset, data.length);
	return {
		model: textAt(data, 0, 16),
		serialNumber: textAt(data, 20, 8),
		hardwareVersion: `${data[28]}.${data[29]}`,
		sensor: textAt(data, 30, 8),
		width: view.getUint16(38),
		height: view.getUint16(40),
	};
}

/** Reads a text and removes everything except printable ASCII, because the text is written to the log. */
function textAt(data: Uint8Array, offset: number, length: number): string {
	const text = String.fromCharCode(...data.subarray(offset, offset + length));
	return text.replace(/[^\x20-\x7e]/g, '').trim();
}
