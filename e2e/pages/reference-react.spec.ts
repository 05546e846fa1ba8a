import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { findBrowser, NO_BROWSER } from '../support/find-browser.ts';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { hasReference, NO_REFERENCE, referenceCode } from '../support/reference-code.ts';
import { expect, test } from '../support/service-test.ts';
import { Site } from '../support/site.ts';

test.skip(!hasReference(), NO_REFERENCE);
test.skip(findBrowser() === undefined, NO_BROWSER);

test('the React hook and its component scan a finger as printed', async ({ page, service, testKey }) => {
	const code = referenceCode('React Hook Example', 'typescript', { url: service.url, key: testKey });
	const site = await Site.open(
		`<!doctype html><div id="root"></div><script type="module">${await bundle(code)}</script>`,
	);
	const scanned = page.waitForEvent('console', (message) => message.text().startsWith('Scan complete: '));

	await page.goto(`http://localhost:${site.port}/`);
	await expect(page.getByText('Auth: Authenticated')).toBeVisible();
	await page.getByRole('button', { name: 'Start Scan' }).click();
	expect((await scanned).text().slice('Scan complete: '.length)).toMatch(ISO_TEMPLATE);
	await site.close();
});

/** A script for a page, of the printed code and what mounts its component; nothing is written to disk. */
async function bundle(code: string): Promise<string> {
	const root = fileURLToPath(new URL('.', import.meta.url));
	const entry = `${root}printed-component.tsx`;
	const mount = `import { createRoot } from 'react-dom/client';
		createRoot(document.getElementById('root')!).render(<FingerprintScanner />);`;
	const printed = {
		name: 'printed-component',
		resolveId: (id: string) => (id === entry ? entry : undefined),
		load: (id: string) => (id === entry ? `${code}\n${mount}` : undefined),
	};
	const built = await build({
		configFile: false,
		root,
		logLevel: 'error',
		plugins: [printed],
		build: { write: false, rolldownOptions: { input: entry } },
	});
	const [output] = (built as Rolldown.RolldownOutput).output;
	return output.code;
}
