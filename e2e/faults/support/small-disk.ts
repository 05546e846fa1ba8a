import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';

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

	makeReadOnly(): void {
		run('mount', '-o', 'remount,ro', this.folder);
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
