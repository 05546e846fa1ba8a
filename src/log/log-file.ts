import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { SerialQueue } from '../time/serial-queue.ts';

const MAX_BYTES = 2 * 1024 ** 2;
const KEPT_FILES = 5;

/**
 * The log on disk: `main.log` and up to four older files of 2 MB each; `main.1.log` is the newest of these.
 *
 * Disk errors are reported once and lose log lines, but never throw.
 */
export class LogFile {
	private readonly dir: string;
	private readonly report: (problem: string) => void;
	private writer: Promise<(line: string) => void> | undefined;
	private readonly queue = new SerialQueue();
	private hasReported = false;

	/**
	 * @param dir folder of the log files, created with the first line
	 * @param report receives a human-readable message when lines are lost
	 */
	constructor(dir: string, report: (problem: string) => void) {
		this.dir = dir;
		this.report = report;
	}

	/** The paths of the files in a folder, newest first. */
	static pathsIn(dir: string): readonly string[] {
		return Array.from({ length: KEPT_FILES }, (_, age) => join(dir, age === 0 ? 'main.log' : `main.${age}.log`));
	}

	/** Writes a line asynchronously. Lines keep their order. */
	write(line: string): void {
		void this.queue.run(async () => {
			try {
				this.writer ??= this.open();
				(await this.writer)(line);
			} catch (error) {
				this.reportOnce(String(error));
			}
		});
	}

	/** Resolves once every earlier line is on disk or lost. */
	flush(): Promise<void> {
		return this.queue.run(() => {});
	}

	private async open(): Promise<(line: string) => void> {
		// Loading the library with the first line lets the service listen 15 ms earlier, and most commands never need it.
		const { default: electronLog } = await import('electron-log/node');
		// The library reports write errors to the console of its default logger.
		electronLog.transports.console.writeFn = ({ message }) => this.reportOnce(message.data.join(' '));
		const { file } = electronLog.create({ logId: this.dir }).transports;
		// Without a name the library looks for a package.json near the current folder, and fails if there is none.
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
			// A file that cannot be moved must not grow without limit.
			full.clear();
		}
	}

	private pathOf(age: number): string {
		return join(this.dir, `main.${age}.log`);
	}

	private reportOnce(problem: string): void {
		if (this.hasReported) return;
		this.hasReported = true;
		this.report(
			`The log in ${this.dir} cannot be written, so log lines are lost: check its permissions and the free space. ${problem}`,
		);
	}
}

function renameIfThere(from: string, to: string): void {
	if (existsSync(from)) renameSync(from, to);
}
