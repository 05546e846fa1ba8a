import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useText } from '../../window-context.ts';
import { IconButton } from '../buttons/icon-button.tsx';
import { Icon, type IconName } from '../icon.tsx';
import { restoreFocus } from '../view-header.tsx';

export interface BannerProps {
	readonly tone: 'info' | 'warning' | 'bad';
	/** What happened. */
	readonly title: string;
	/** What to do about it. */
	readonly children?: ComponentChildren;
	readonly actions?: ComponentChildren;
	readonly onDismiss?: () => void;
}

const ICONS: Readonly<Record<BannerProps['tone'], IconName>> = { info: 'about', warning: 'warning', bad: 'error' };

/**
 * What happened and what to do, above what it is about; a screen reader says a bad one at once. One that goes away because of
 * a press in it leaves the focus to the heading of the view.
 */
export function Banner({ tone, title, children, actions, onDismiss }: BannerProps) {
	const { common } = useText();
	const banner = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		const element = banner.current;
		return () => {
			if (element?.contains(document.activeElement)) restoreFocus();
		};
	}, []);
	return (
		<div ref={banner} class={`banner banner-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
			<Icon name={ICONS[tone]} />
			<div class="banner-text">
				<p class="banner-title">{title}</p>
				{children && <div class="banner-body">{children}</div>}
			</div>
			{actions && <div class="banner-actions">{actions}</div>}
			{onDismiss && <IconButton icon="close" label={common.dismiss} onClick={onDismiss} />}
		</div>
	);
}
