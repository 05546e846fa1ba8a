/** A picture that the bundler puts beside the page; the default export is its address. */
declare module '*.svg' {
	const url: string;
	export default url;
}
