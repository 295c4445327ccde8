//! What a screen showed from one moment to another, over and over: what no single screenshot would catch.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

use x11rb::{
    connection::Connection as _,
    errors::ReplyError,
    protocol::xproto::{ConnectionExt as _, ImageFormat},
};

/// Only every so many pixels are looked at, each way.
const GRID: usize = 4;

/// A channel of a pixel from here on is bright.
const BRIGHT: u8 = 0xb0;

/// Looks at a screen until it is told to stop.
#[derive(Debug)]
pub struct ScreenMonitor {
    stop: Arc<AtomicBool>,
    watching: JoinHandle<Result<ScreenSummary, ReplyError>>,
}

/// What was seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScreenSummary {
    /// How often the screen was looked at.
    pub looks: usize,
    /// The largest share of the screen that was bright at once, from 0 to 1.
    pub brightest: f64,
    /// The share that was bright in the end.
    pub last: f64,
}

impl ScreenMonitor {
    /// Begins to look at the screen of this name.
    ///
    /// # Panics
    ///
    /// If there is no such screen.
    pub(super) fn begin(display: &str) -> Self {
        let (connection, screen) = x11rb::connect(Some(display)).expect("the screen can be looked at");
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let watching = std::thread::spawn(move || {
            let screen = &connection.setup().roots[screen];
            let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
            let mut seen = ScreenSummary::default();
            while !stopped.load(Ordering::Relaxed) {
                let asked = connection.get_image(ImageFormat::Z_PIXMAP, root, 0, 0, width, height, u32::MAX)?;
                seen.last = bright(&asked.reply()?.data, width.into());
                seen.brightest = seen.brightest.max(seen.last);
                seen.looks += 1;
            }
            Ok(seen)
        });
        Self { stop, watching }
    }

    /// What was seen until now.
    ///
    /// # Panics
    ///
    /// If the screen could not be looked at.
    pub fn end(self) -> ScreenSummary {
        self.stop.store(true, Ordering::Relaxed);
        self.watching.join().expect("it does not panic").expect("the screen can be looked at")
    }
}

/// The share of an image's pixels that are bright; four bytes to a pixel, the last of which says nothing.
fn bright(data: &[u8], width: usize) -> f64 {
    let rows = data.chunks_exact(width * 4).step_by(GRID);
    let pixels = rows.flat_map(|row| row.chunks_exact(4).step_by(GRID));
    let (mut bright, mut all) = (0_u32, 0_u32);
    for pixel in pixels {
        all += 1;
        bright += u32::from(pixel.iter().take(3).all(|channel| *channel >= BRIGHT));
    }
    f64::from(bright) / f64::from(all.max(1))
}
