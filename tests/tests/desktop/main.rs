//! The real window, driven by clicks and keys: the whole lab, its interruptions, its languages and themes, its accessibility. In every
//! test the page must not complain: no console error, no uncaught error or rejection, no breach of the content policy.

mod accounts;
mod findings;
mod first_paint;
mod inspection;
mod interruptions;
mod keyboard;
mod lab;
mod language_and_theme;
mod shutdown;
