//! The zoom of a window, changed as a person changes it: by keys.

use thirtyfour::Key;

use super::{actions::TIMEOUT, window::Window};

/// The percentages that the keys lead through.
pub const ZOOM_LEVELS: [u32; 10] = [80, 90, 100, 110, 125, 150, 175, 200, 225, 250];

impl Window {
    /// Zooms to one of [`ZOOM_LEVELS`], from 100 %, and gives the window this size in pixels of the screen.
    ///
    /// # Panics
    ///
    /// If the page does not get the size that this leaves it.
    pub fn zoom(&self, percent: u32, width: u32, height: u32) {
        self.press(&[Key::Control], '0');
        let at = |level| ZOOM_LEVELS.iter().position(|one| *one == level).expect("a level of the zoom");
        let key = if percent < 100 { '-' } else { '+' };
        for _ in 0..at(percent).abs_diff(at(100)) {
            self.press(&[Key::Control], key);
        }
        self.resize_zoomed(percent, width, height);
    }

    /// Gives the window this size in pixels of the screen, and waits until the page has what a zoom of this percentage leaves.
    ///
    /// # Panics
    ///
    /// If it does not get it.
    pub fn resize_zoomed(&self, percent: u32, width: u32, height: u32) {
        self.set_rect(width, height);
        let near = |is: Option<i64>, pixels: u32| {
            let expected = i64::from(pixels) * 100 / i64::from(percent);
            is.is_some_and(|is| (is - expected).abs() <= i64::from(percent != 100))
        };
        self.until(format!("{width}×{height} at {percent} %"), TIMEOUT, |window| {
            let size = window.js("return [innerWidth, innerHeight]", &[]);
            (near(size[0].as_i64(), width) && near(size[1].as_i64(), height)).then_some(())
        });
    }

    /// Turns the wheel of the mouse by a notch while Ctrl is held: away from the person with 1, towards them with -1.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub fn turn_wheel_with_control(&self, direction: i32) {
        let button = if direction > 0 { "4" } else { "5" };
        let arguments = ["mousemove", "400", "400", "keydown", "Control_L", "click", button, "keyup", "Control_L"];
        self.display.xdotool(&arguments).succeeded("the wheel is turned");
    }
}
