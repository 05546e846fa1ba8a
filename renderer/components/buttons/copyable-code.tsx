import { CopyButton } from './copy-button.tsx';

/** A value such as an address or a path, with a copy button. `what` names the value for screen readers. */
export function CopyableCode({ text, what }: { readonly text: string; readonly what: string }) {
	return (
		<span class="copyable">
			<code dir="ltr">{text}</code>
			<CopyButton text={text} what={what} isCompact />
		</span>
	);
}
