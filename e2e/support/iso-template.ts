/** Matches an ISO/IEC 19794-2:2005 record in base64, which begins with `FMR\0 20\0`. */
export const ISO_TEMPLATE = /^Rk1SACAyMAA[A-Za-z0-9+/]+=*$/;
