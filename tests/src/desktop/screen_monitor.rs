//! Captures of a screen, taken over and over: they show what a single screenshot would miss.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use parking_lot::Mutex;
use testbed::wait::wait_until;
use x11rb::{
    connection::Connection as _,
    errors::ReplyError,
    protocol::xproto::{ConnectionExt as _, ImageFormat},
};

/// Only every fourth pixel is evaluated, in each direction.
const GRID: usize = 4;

/// A channel of a pixel is bright from here.
const BRIGHT: u8 = 0xb0;

/// Captures a screen until it is stopped.
#[derive(Debug)]
pub struct ScreenMonitor {
    stop: Arc<AtomicBool>,
    summary: Arc<Mutex<ScreenSummary>>,
    thread: JoinHandle<Result<(), ReplyError>>,
}

/// What the captures have shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScreenSummary {
    /// How many captures were taken.
    pub captures: usize,
    /// The largest bright share of a capture, from 0 to 1.
    pub brightest: f64,
    /// The bright share of the last capture.
    pub last: f64,
}

impl ScreenMonitor {
    /// Starts to capture the screen of this name.
    ///
    /// # Panics
    ///
    /// If the screen does not exist.
    pub(super) fn start(display: &str) -> Self {
        let (connection, screen) = x11rb::connect(Some(display)).expect("the screen exists");
        let (stop, summary) = (Arc::new(AtomicBool::new(false)), Arc::<Mutex<ScreenSummary>>::default());
        let (stopped, shared) = (Arc::clone(&stop), Arc::clone(&summary));
        let thread = std::thread::spawn(move || {
            let screen = &connection.setup().roots[screen];
            let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
            while !stopped.load(Ordering::Relaxed) {
                let image = connection.get_image(ImageFormat::Z_PIXMAP, root, 0, 0, width, height, u32::MAX)?;
                shared.lock().add(bright_share(&image.reply()?.data, width.into()));
            }
            Ok(())
        });
        Self { stop, summary, thread }
    }

    /// Waits until the last capture meets a condition.
    ///
    /// # Panics
    ///
    /// If none does.
    pub fn wait_until(&self, what: &str, condition: impl Fn(ScreenSummary) -> bool) {
        wait_until(what, || condition(*self.summary.lock()).then_some(()));
    }

    /// Waits until this many more captures were taken.
    ///
    /// # Panics
    ///
    /// If the screen can no longer be captured.
    pub fn wait_for_captures(&self, count: usize) {
        let target = self.summary.lock().captures + count;
        self.wait_until("more captures are taken", |summary| summary.captures >= target);
    }

    /// Stops, and returns what all captures have shown.
    ///
    /// # Panics
    ///
    /// If the screen could not be captured.
    pub fn stop(self) -> ScreenSummary {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().expect("capturing does not panic").expect("the screen can be captured");
        *self.summary.lock()
    }
}

impl ScreenSummary {
    fn add(&mut self, share: f64) {
        self.last = share;
        self.brightest = self.brightest.max(share);
        self.captures += 1;
    }
}

/// The share of an image's pixels that are bright. A pixel has four bytes, of which the last is unused.
fn bright_share(data: &[u8], width: usize) -> f64 {
    let rows = data.chunks_exact(width * 4).step_by(GRID);
    let pixels = rows.flat_map(|row| row.chunks_exact(4).step_by(GRID));
    let (mut bright, mut all) = (0_u32, 0_u32);
    for pixel in pixels {
        all += 1;
        bright += u32::from(pixel.iter().take(3).all(|channel| *channel >= BRIGHT));
    }
    f64::from(bright) / f64::from(all.max(1))
}
