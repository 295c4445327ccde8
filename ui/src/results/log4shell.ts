/** The lesson's vulnerability. */
export const LOG4SHELL = "CVE-2021-44228";
