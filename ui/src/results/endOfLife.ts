/** Inspector's id for an operating system that its vendor no longer supports; it is in the place of a CVE. */
export const END_OF_LIFE = "IN-DISCONTINUED-001";
