//! The program's output: messages and progress on standard error, the result on standard output. Colours and progress bars
//! are used only on a terminal.

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

use i18n::{Lang, Localizer, Message};
use indicatif::{MultiProgress, ProgressDrawTarget};

/// The meaning of a text, which decides its colour.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tone {
    Good,
    Bad,
    Open,
    Strong,
    Soft,
}

/// Prints texts in one language.
pub(crate) struct Console {
    localizer: Localizer,
    bars: MultiProgress,
    live: bool,
    colour: bool,
    /// The option with which suggested commands use the same data folder, if it is not the default one.
    data_option: Option<String>,
}

impl Console {
    pub(crate) fn new(lang: Lang) -> Self {
        let live = io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        // See no-color.org: any value but the empty one.
        let colour = live && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let target = if live { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self {
            localizer: Localizer::new(lang),
            bars: MultiProgress::with_draw_target(target),
            live,
            colour,
            data_option: None,
        }
    }

    /// With the data folder that the command line names.
    pub(crate) fn with_data(mut self, folder: Option<&Path>) -> Self {
        self.data_option = folder.map(|folder| format!("--data {}", shell_word(&folder.display().to_string())));
        self
    }

    /// A text whose suggested commands can be pasted: `imagelab resume` uses the same data folder.
    pub(crate) fn pasteable(&self, text: &str) -> String {
        match &self.data_option {
            Some(option) => text.replace("`imagelab ", &format!("`imagelab {option} ")),
            None => text.to_owned(),
        }
    }

    pub(crate) fn localizer(&self) -> &Localizer {
        &self.localizer
    }

    /// Whether progress bars are shown.
    pub(crate) fn live(&self) -> bool {
        self.live
    }

    pub(crate) fn bars(&self) -> &MultiProgress {
        &self.bars
    }

    /// Prints lines on standard error, above the progress bars.
    pub(crate) fn line(&self, text: &str) {
        self.line_of_other(&self.pasteable(text));
    }

    /// Prints lines that another process of this program has written: the commands that they suggest name the data folder already.
    pub(crate) fn line_of_other(&self, text: &str) {
        self.bars.suspend(|| {
            // If standard error is closed, there is nowhere to report it.
            let _ = writeln!(io::stderr().lock(), "{text}");
        });
    }

    /// Prints a message as a line.
    pub(crate) fn message(&self, message: &Message) {
        self.line(&self.localizer.text(message));
    }

    /// Prints the notices of a backend, each with its reason.
    pub(crate) fn notices(&self, notices: &[launcher::Notice]) {
        for notice in notices {
            let mut line = self.localizer.text(&notice.message);
            if let Some(reason) = &notice.why {
                line.push(' ');
                line.push_str(&self.localizer.text(reason));
            }
            self.line(&line);
        }
    }

    /// Prints the result on standard output. A closed pipe is not an error.
    pub(crate) fn result(&self, text: &str) -> io::Result<()> {
        ignore_broken_pipe(self.result_to_reader(text))
    }

    /// As [`result`](Self::result), but an error if no one reads it.
    pub(crate) fn result_to_reader(&self, text: &str) -> io::Result<()> {
        self.bars.suspend(|| {
            let mut out = io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }

    pub(crate) fn coloured(&self, tone: Tone, text: &str) -> String {
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

/// A word of a suggested command, quoted for a shell where that is needed.
pub(crate) fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:\\".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Whether questions can be asked: input and messages are on a terminal.
pub(crate) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Treats a closed pipe as success: `imagelab … | head` is not an error.
pub(crate) fn ignore_broken_pipe(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggested_commands_name_the_data_folder() {
        let text = "continue with `imagelab resume`, or undo with `imagelab cleanup`";
        let console = Console::new(Lang::En);
        assert_eq!(console.pasteable(text), text);
        let console = console.with_data(Some(Path::new("/home/kim/my data")));
        assert_eq!(
            console.pasteable(text),
            "continue with `imagelab --data '/home/kim/my data' resume`, or undo with `imagelab --data '/home/kim/my data' cleanup`"
        );
    }
}
