//! Where things are printed: what goes on to standard error, the result to standard output. Colours and moving bars only
//! on a terminal.

use std::io::{self, IsTerminal, Write};

use i18n::{Lang, Localizer, Message};
use indicatif::{MultiProgress, ProgressDrawTarget};

/// What a text is, for its colour.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tone {
    Good,
    Bad,
    Open,
    Strong,
    Soft,
}

/// Where things are printed, and in which language.
pub(crate) struct Console {
    words: Localizer,
    bars: MultiProgress,
    live: bool,
    colour: bool,
}

impl Console {
    pub(crate) fn new(lang: Lang) -> Self {
        let live = io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        // See no-color.org: any value but the empty one.
        let colour = live && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let target = if live { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { words: Localizer::new(lang), bars: MultiProgress::with_draw_target(target), live, colour }
    }

    pub(crate) fn words(&self) -> &Localizer {
        &self.words
    }

    /// Whether bars may move.
    pub(crate) fn live(&self) -> bool {
        self.live
    }

    pub(crate) fn bars(&self) -> &MultiProgress {
        &self.bars
    }

    /// Lines on standard error, above what moves.
    pub(crate) fn line(&self, text: &str) {
        self.bars.suspend(|| {
            // Nobody reads: nothing is left to tell them.
            let _ = writeln!(io::stderr().lock(), "{text}");
        });
    }

    /// A text by its id, as a line.
    pub(crate) fn say(&self, message: &Message) {
        self.line(&self.words.text(message));
    }

    /// What a place has to tell, each with its reason.
    pub(crate) fn notices(&self, notices: &[launcher::Notice]) {
        for notice in notices {
            let mut line = self.words.text(&notice.message);
            if let Some(why) = &notice.why {
                line.push(' ');
                line.push_str(&self.words.text(why));
            }
            self.line(&line);
        }
    }

    /// The result, on standard output. A reader that has gone is no failure.
    pub(crate) fn result(&self, text: &str) -> io::Result<()> {
        let written = self.bars.suspend(|| {
            let mut out = io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        });
        gone_is_fine(written)
    }

    pub(crate) fn tinted(&self, tone: Tone, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Good => "32",
            Tone::Bad => "31",
            Tone::Open => "33",
            Tone::Strong => "1",
            Tone::Soft => "2",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// Whether someone can be asked.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// `imagelab … | head` is no failure.
pub(crate) fn gone_is_fine(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
