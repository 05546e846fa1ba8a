import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const MAX_BYTES = 2 * 1024 ** 2;
const KEPT_FILES = 5;

/**
 * The log on disk: `main.log`, and up to four older ones, `main.1.log` the youngest, of 2 MB each.
 *
 * Whatever goes wrong with the disk is reported once and costs log lines, never more.
 */
export class LogFile {
	private readonly dir: string;
	private readonly report: (problem: string) => void;
	private writer: Promise<(line: string) => void> | undefined;
	private written: Promise<void> = Promise.resolve();
	private hasReported = false;

	/**
	 * @param dir folder of the log files; made with the first line
	 * @param report tells a person that lines are lost
	 */
	constructor(dir: string, report: (problem: string) => void) {
		this.dir = dir;
		this.report = report;
	}

	/** Lines are written in order, a little later. */
	write(line: string): void {
		this.written = this.written.then(async () => {
			try {
				this.writer ??= this.open();
				(await this.writer)(line);
			} catch (error) {
				this.reportOnce(String(error));
			}
		});
	}

	/** Resolves once every line so far is on disk or lost. */
	flush(): Promise<void> {
		return this.written;
	}

	private async open(): Promise<(line: string) => void> {
		// Loaded with the first line: the service then listens 15 ms sooner, and short commands go without it.
		const { default: electronLog } = await import('electron-log/node');
		// The library tells the console of its default logger when it cannot write.
		electronLog.transports.console.writeFn = ({ message }) => this.reportOnce(message.data.join(' '));
		const { file } = electronLog.create({ logId: this.dir }).transports;
		// Else it looks for a package.json around the current folder, and fails where there is none.
		file.setAppName('fingerprint-service');
		file.resolvePathFn = () => join(this.dir, 'main.log');
		file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
		file.maxSize = MAX_BYTES;
		file.archiveLogFn = (full) => this.archive(full);
		file.transforms = [({ data }) => data[0]];
		return (line) => file({ data: [line], date: new Date(), level: 'info' });
	}

	private archive(full: { path: string; clear(): boolean }): void {
		try {
			for (let age = KEPT_FILES - 2; age > 0; age--) renameIfThere(this.pathOf(age), this.pathOf(age + 1));
			renameSync(full.path, this.pathOf(1));
		} catch (error) {
			this.reportOnce(String(error));
			// A file that cannot be moved must not grow without bound.
			full.clear();
		}
	}

	private pathOf(age: number): string {
		return join(this.dir, `main.${age}.log`);
	}

	private reportOnce(problem: string): void {
		if (this.hasReported) return;
		this.hasReported = true;
		this.report(`The log in ${this.dir} cannot be written; log lines are lost. ${problem}`);
	}
}

function renameIfThere(from: string, to: string): void {
	if (existsSync(from)) renameSync(from, to);
}
