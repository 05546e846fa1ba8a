import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished, type TestContext } from 'vitest';

const MAX_ATTEMPTS = 50;
const RETRY_DELAY_MS = 100;

/** A file system in memory, which tests can fill and make read-only. Root needs it, because modes do not apply to root. */
export class SmallDisk {
	readonly folder: string;

	private constructor(folder: string) {
		this.folder = folder;
	}

	/** Mounts a disk of 1 MiB until the test has finished; skips the test where that is not permitted. */
	static mount({ skip }: TestContext): SmallDisk {
		const folder = mkdtempSync(join(tmpdir(), 'fingerprint-disk-'));
		try {
			run('mount', '-t', 'tmpfs', '-o', 'size=1m,mode=0700', 'tmpfs', folder);
		} catch (thrown) {
			rmSync(folder, { recursive: true });
			skip(`a file system cannot be mounted: ${thrown}`);
		}
		onTestFinished(() => {
			run('umount', '--lazy', folder);
			rmSync(folder, { recursive: true });
		});
		return new SmallDisk(folder);
	}

	/** Leaves no free byte. */
	fill(): void {
		try {
			writeFileSync(this.filler, Buffer.alloc(2 * 1024 * 1024));
		} catch {
			// The disk is full now.
		}
	}

	empty(): void {
		rmSync(this.filler);
	}

	/** Waits until no file is open for writing, which the system demands. */
	async makeReadOnly(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				run('mount', '-o', 'remount,ro', this.folder);
				return;
			} catch (thrown) {
				if (attempt === MAX_ATTEMPTS) throw thrown;
				await setTimeout(RETRY_DELAY_MS);
			}
		}
	}

	makeWritable(): void {
		run('mount', '-o', 'remount,rw', this.folder);
	}

	private get filler(): string {
		return join(this.folder, 'filler');
	}
}

function run(file: string, ...args: readonly string[]): void {
	execFileSync(file, args, { stdio: 'pipe' });
}
