//! The real window, driven by clicks and keys: the whole lab, interruptions, languages and themes, accessibility. In every test the page
//! must have no console error, no uncaught error or rejection, and no violation of the content security policy.

mod accounts;
mod consent;
mod explorer;
mod findings;
mod first_paint;
mod inspection;
mod interruptions;
mod keyboard;
mod lab;
mod language_and_theme;
mod practice_clock;
mod resume;
mod shutdown;
