/** Put a text on the clipboard. @returns whether that worked */
export async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		// No permission, or a page that the browser does not trust: the old way may still be open.
		return copyBySelection(text);
	}
}

function copyBySelection(text: string): boolean {
	const focused = document.activeElement;
	const area = document.createElement('textarea');
	area.value = text;
	area.className = 'visually-hidden';
	// Inside an open dialog, since everything outside of it is inert.
	(document.querySelector('dialog[open]') ?? document.body).append(area);
	area.select();
	const isCopied = document.execCommand('copy');
	area.remove();
	if (focused instanceof HTMLElement) focused.focus();
	return isCopied;
}
