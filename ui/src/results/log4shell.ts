/** The vulnerability that the lesson is about. */
export const LOG4SHELL = "CVE-2021-44228";
