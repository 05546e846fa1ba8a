const PATHS = {
	overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM14 4v3h6V4zM4 17v3h6v-3z',
	trial:
		'M5.5 16.5c.6-1.4.9-2.9.9-4.5a5.6 5.6 0 0 1 10-3.5M18.6 12c0 2.3-.2 4.3-.8 6.3M9.3 19.2c.9-2.2 1.3-4.6 1.3-7.2a1.4 1.4 0 0 1 2.8 0c0 2.8-.4 5.4-1.3 7.8M15.6 19.6c.6-2.4.9-4.9.9-7.6a4.5 4.5 0 0 0-7.7-3.1M3.7 12A8.3 8.3 0 0 1 16 4.7M19.2 7.8a8.3 8.3 0 0 1 1 4.2',
	keys: 'M12.5 8a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM11.2 11.2l9.3 9.3M17 17l2.5-2.5M14 14l2.5-2.5',
	origins:
		'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c2.4 2.3 3.6 5.2 3.6 8.5s-1.2 6.2-3.6 8.5c-2.4-2.3-3.6-5.2-3.6-8.5s1.2-6.2 3.6-8.5z',
	logs: 'M5 4.5h14v15H5zM8.5 9h7M8.5 12.5h7M8.5 16h4',
	settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4M4 12h3M11 12h9M9 9.8',
	about: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.5v.6',
	copy: 'M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9',
	check: 'M5 12.5l4.5 4.5L19 7.5',
	close: 'M6 6l12 12M18 6L6 18',
	plus: 'M12 5v14M5 12h14',
	start: 'M8 5.5v13l10.5-6.5z',
	stop: 'M6.5 6.5h11v11h-11z',
	restart: 'M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.5 4v4.5H15',
	warning: 'M12 4.5 21 19.5H3zM12 10v4.5M12 16.8v.4',
	error: 'M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 8v5M12 15.8v.4',
	download: 'M12 4v11M7.5 11l4.5 4.5L16.5 11M5 19.5h14',
	lock: 'M6.5 11h11v8.5h-11zM9 11V8a3 3 0 0 1 6 0v3',
	unplugged: 'M9 4v4M15 4v4M6.5 8h11v3a5.5 5.5 0 0 1-11 0zM12 16.5V20M4 20 20 4',
	reader: 'M6 3.5h12v17H6zM9 7h6v7H9zM11 17.5h2',
	search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5',
	pause: 'M8 5.5v13M16 5.5v13',
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon as large as the text beside it, hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
	return (
		<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
			<path d={PATHS[name]} />
		</svg>
	);
}
