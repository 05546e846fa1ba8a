import { closeSync, openSync, writeSync } from 'node:fs';

/** One file or folder of an archive. Root owns every entry; all users may read and execute it. */
export interface ArchiveEntry {
	/** Relative to the root, without a leading slash. */
	readonly path: string;
	/** Undefined for a folder. A folder must precede its contents. */
	readonly data?: Uint8Array;
}

const FOLDER_MODE = 0o040755;
const FILE_MODE = 0o100755;

/** Writes the archive that the kernel unpacks into its initial file system. @see cpio(5), "New ASCII Format" */
export function writeCpioArchive(file: string, entries: readonly ArchiveEntry[]): void {
	const fd = openSync(file, 'w');
	try {
		for (const [index, entry] of entries.entries()) writeEntry(fd, index + 1, entry);
		writeEntry(fd, 0, { path: 'TRAILER!!!', data: new Uint8Array() });
	} finally {
		closeSync(fd);
	}
}

function writeEntry(fd: number, inode: number, { path, data }: ArchiveEntry): void {
	const name = Buffer.from(`${path}\0`);
	const fields = [
		inode,
		data === undefined ? FOLDER_MODE : FILE_MODE,
		...[0, 0], // user, group
		1, // links
		0, // time
		data?.length ?? 0,
		...[0, 0, 0, 0], // devices
		name.length,
		0, // no checksum
	];
	const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
	writeSync(fd, padded(Buffer.concat([Buffer.from(header), name])));
	if (data !== undefined) writeAll(fd, padded(data));
}

function writeAll(fd: number, data: Uint8Array): void {
	for (let written = 0; written < data.length; ) written += writeSync(fd, data, written);
}

/** Pads to a multiple of four bytes, where the format expects headers and files to start. */
function padded(data: Uint8Array): Uint8Array {
	const rest = data.length % 4;
	return rest === 0 ? data : Buffer.concat([data, Buffer.alloc(4 - rest)]);
}
