import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { findBrowser, NO_BROWSER } from '../support/find-browser.ts';
import { ISO_TEMPLATE } from '../support/iso-template.ts';
import { hasReference, NO_REFERENCE, referenceCode } from '../support/reference-code.ts';
import { expect, test } from '../support/service-test.ts';
import { Site } from '../support/site.ts';

const SCANNER = readFileSync(new URL('./clients/fingerprint-scanner.jsx', import.meta.url), 'utf8');

test.skip(findBrowser() === undefined, NO_BROWSER);

test('the React component scans a finger', async ({ page, service, testKey }) => {
	const root = `<div id="root" data-url="${service.url}" data-api-key="${testKey}"></div>`;
	const site = await Site.open(`<!doctype html>${root}<script type="module">${await bundle(SCANNER)}</script>`);
	await page.goto(`http://localhost:${site.port}/`);
	await page.getByRole('button', { name: '(device-001)' }).click();
	await expect(page.getByRole('status')).toHaveText(/^Scanned with quality \d+$/);
	await expect(page.locator('code')).toHaveText(ISO_TEMPLATE);
	await site.close();
});

test('the React hook of the API reference scans a finger', async ({ page, service, testKey }) => {
	test.skip(!hasReference(), NO_REFERENCE);
	const code = referenceCode('React Hook Example', 'typescript', { url: service.url, key: testKey });
	const mount = `import { createRoot } from 'react-dom/client';
		createRoot(document.getElementById('root')!).render(<FingerprintScanner />);`;
	const script = await bundle(`${code}\n${mount}`);
	const site = await Site.open(`<!doctype html><div id="root"></div><script type="module">${script}</script>`);
	const scanned = page.waitForEvent('console', (message) => message.text().startsWith('Scan complete: '));

	await page.goto(`http://localhost:${site.port}/`);
	await expect(page.getByText('Auth: Authenticated')).toBeVisible();
	await page.getByRole('button', { name: 'Start Scan' }).click();
	expect((await scanned).text().slice('Scan complete: '.length)).toMatch(ISO_TEMPLATE);
	await site.close();
});

/** Bundles a component with React into a script for a page; writes nothing to disk. @param code TypeScript with JSX */
async function bundle(code: string): Promise<string> {
	const root = fileURLToPath(new URL('.', import.meta.url));
	const entry = `${root}component.tsx`;
	const component = {
		name: 'component',
		resolveId: (id: string) => (id === entry ? entry : undefined),
		load: (id: string) => (id === entry ? code : undefined),
	};
	const built = await build({
		configFile: false,
		root,
		logLevel: 'error',
		plugins: [component],
		build: { write: false, rolldownOptions: { input: entry } },
	});
	const [output] = (built as Rolldown.RolldownOutput).output;
	return output.code;
}
