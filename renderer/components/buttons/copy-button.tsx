import { useSignal, useSignalEffect } from '@preact/signals';
import { useNotify, useText } from '../../window-context.ts';
import { copyText } from '../actions/copy-text.ts';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';

export interface CopyButtonProps {
	/** The text to copy. */
	readonly text: string;
	/** What is copied, for screen readers, such as "address". */
	readonly what: string;
	/** Shows only an icon, for use beside a value. */
	readonly isCompact?: boolean;
	readonly variant?: 'primary' | 'secondary';
}

const CHECK_ICON_DURATION_MS = 2_000;

/** Copies a text and confirms it; if copying fails, a notice gives the remedy. */
export function CopyButton({ text, what, isCompact, variant = 'secondary' }: CopyButtonProps) {
	const { common } = useText();
	const notify = useNotify();
	const isCopied = useSignal(false);
	useSignalEffect(() => {
		if (!isCopied.value) return undefined;
		const timer = setTimeout(() => {
			isCopied.value = false;
		}, CHECK_ICON_DURATION_MS);
		return () => clearTimeout(timer);
	});

	const copy = async () => {
		isCopied.value = await copyText(text);
		notify(isCopied.value ? common.copied : common.copyFailed);
	};
	const icon = isCopied.value ? 'check' : 'copy';
	if (isCompact) return <IconButton icon={icon} label={common.copyOf(what)} onClick={() => void copy()} />;
	return (
		<Button icon={icon} variant={variant} label={common.copyOf(what)} onClick={() => void copy()}>
			{isCopied.value ? common.copied : common.copy}
		</Button>
	);
}
