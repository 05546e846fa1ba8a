import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../support/command.ts';
import { expect, type Operator, skipWithoutWindows, test } from '../support/operator-test.ts';

skipWithoutWindows();

/** The screenshots of the README; only `npm run screenshots` writes them. */
const README_SCREENSHOTS = fileURLToPath(new URL('../screenshots', import.meta.url));

async function show({ page, goTo }: Operator, view: string): Promise<void> {
	await goTo(view);
	// Removes the focus ring, which belongs to keyboard navigation.
	await page.evaluate('document.activeElement.blur()');
	if (view !== 'Try a scan') return;
	await page.getByRole('button', { name: 'Start scan' }).click();
	await expect(page.getByRole('img', { name: /^Fingerprint of/ })).toBeVisible();
}

for (const [view, colorScheme, size] of [
	['Overview', 'light', { width: 960, height: 640 }],
	['Try a scan', 'light', { width: 960, height: 820 }],
	['API keys', 'dark', { width: 960, height: 640 }],
	['Overview', 'dark', { width: 480, height: 640 }],
] as const) {
	test(`the window at ${view}, ${size.width} x ${size.height}, ${colorScheme} [console]`, async ({ operator }) => {
		const { page, connect, dataDir } = operator;
		for (const [name, ...flags] of [
			['Front desk'],
			['Gym entrance', '--expires', '90d'],
			['Trying things out', '--test'],
		]) {
			const { stdout } = await runCommand(['keys', 'create', '--name', name ?? '', ...flags], { dataDir });
			if (flags.includes('--test')) await connect(stdout.trim());
		}
		await page.setViewportSize(size);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await show(operator, view);
		const name = `${view.toLowerCase().replaceAll(' ', '-')}-${size.width}-${colorScheme}.png`;
		const folder = process.env.UPDATE_SCREENSHOTS === undefined ? test.info().outputDir : README_SCREENSHOTS;
		await page.screenshot({ path: join(folder, name) });
	});
}
