//! Handles Ctrl-C and SIGTERM: the first requests a stop, the second exits at once.

use std::sync::Arc;

use i18n::Message;
use tokio_util::sync::CancellationToken;

use crate::{console::Console, failure::Exit};

/// Returns a token that the first signal cancels. `message_id` is the text that is printed then.
pub(crate) fn on_signals(console: &Arc<Console>, message_id: &'static str) -> std::io::Result<CancellationToken> {
    let token = CancellationToken::new();
    let mut signals = Signals::new()?;
    tokio::spawn({
        let (token, console) = (token.clone(), Arc::clone(console));
        async move {
            signals.next().await;
            console.message(&Message::new(message_id));
            token.cancel();
            signals.next().await;
            console.message(&Message::new("cli-stopped-at-once"));
            std::process::exit(i32::from(Exit::Cancelled.code()));
        }
    });
    Ok(token)
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    close: tokio::signal::windows::CtrlClose,
}

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self { interrupt: tokio::signal::windows::ctrl_c()?, close: tokio::signal::windows::ctrl_close()? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.close.recv() => {}
        }
    }
}
