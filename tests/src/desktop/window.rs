//! The window's process under a driver, from its start to its end.

use std::{
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use i18n::Lang;
use parking_lot::{Mutex, MutexGuard};
use tempfile::TempDir;
use testbed::wait::wait_until;

use super::{
    display::Display,
    problems::Problems,
    process,
    tools::Tools,
    webdriver::{Session, free_port},
};
use crate::program::{Program, kill};

/// One window at a time: several would share two cores, and each become too slow for its time-outs.
static ONE_WINDOW: Mutex<()> = Mutex::new(());

/// The longest that a program may take to start or to end.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);

/// A theme of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name in the page's `data-theme` and in the preferences.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The options of a window.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The system's language.
    pub lang: Lang,
    /// Its width, in CSS pixels.
    pub width: u32,
    /// Its height, in CSS pixels.
    pub height: u32,
    /// Pixels of the screen to a CSS pixel.
    pub scale: u32,
    /// The theme in the preferences.
    pub theme: Theme,
}

impl Default for Options {
    fn default() -> Self {
        Self { lang: Lang::Ko, width: 1280, height: 800, scale: 1, theme: Theme::Light }
    }
}

/// The real window, with a screen, a data folder and a home of its own. All are deleted when it is dropped.
#[derive(Debug)]
pub struct Window {
    pub(crate) options: Options,
    pub(crate) tools: Tools,
    /// Its screen.
    pub display: Display,
    data: TempDir,
    home: TempDir,
    saved: TempDir,
    pub(crate) problems: Problems,
    driver: Option<DriverSession>,
    closed: bool,
    _exclusive: MutexGuard<'static, ()>,
}

#[derive(Debug)]
struct DriverSession {
    session: Session,
    driver: Program,
    pid: u32,
}

impl Window {
    /// Opens a window and waits until it can be used. `None` if this machine lacks what it needs, and the test is skipped.
    pub fn open(options: Options) -> Option<Self> {
        let tools = Tools::find()?;
        Some(Self::open_with(tools, options))
    }

    /// Opens a window and waits until it can be used.
    ///
    /// # Panics
    ///
    /// If it does not open.
    pub fn open_with(tools: Tools, options: Options) -> Self {
        let mut window = Self::prepare(tools, options);
        window.launch();
        window
    }

    /// Prepares the screen and the folders, without starting the program.
    ///
    /// # Panics
    ///
    /// If that fails.
    pub fn prepare(tools: Tools, options: Options) -> Self {
        let one_window = ONE_WINDOW.lock();
        let folder =
            || tempfile::Builder::new().prefix("imagelab-desktop-").tempdir().expect("there is room for a folder");
        let display = Display::start(&tools, options.width * options.scale, options.height * options.scale);
        let window = Self {
            options,
            tools,
            display,
            data: folder(),
            home: folder(),
            saved: folder(),
            problems: Problems::default(),
            driver: None,
            closed: false,
            _exclusive: one_window,
        };
        let preferences = format!(r#"{{"theme":"{}"}}"#, options.theme.name());
        std::fs::write(window.data().join("preferences.json"), preferences).expect("there is room for a file");
        window
    }

    /// Starts the program, also again on the same folders after it has ended.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn launch(&mut self) {
        assert!(self.driver.is_none(), "the program is running already");
        let (port, native) = (free_port(), free_port());
        let mut command = Command::new(&self.tools.tauri_driver);
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string(), "--native-driver"]);
        command.arg(&self.tools.webkit_driver).env_clear().envs(self.environment()).current_dir(self.home.path());
        let driver = Program::start(command);
        for port in [port, native] {
            wait_until_listening(port);
        }
        let program = self.tools.window.display().to_string();
        let session = Session::start(port, &program).unwrap_or_else(|error| panic!("the window did not open: {error}"));
        let pid = process::of_program(&self.tools.window, self.data.path()).expect("the window's process runs");
        self.driver = Some(DriverSession { session, driver, pid });
        self.wait_for_css("[data-testid^='at-'], [data-testid='boot-problem']");
        // The window is created hidden, and cannot be resized before it is shown.
        self.until("the window is shown", LIMIT, |window| {
            (window.js("return document.visibilityState", &[]) == "visible").then_some(())
        });
        self.resize(self.options.width, self.options.height);
    }

    /// The program's environment: of the user's, only the path.
    pub fn environment(&self) -> Vec<(String, String)> {
        let path_of = |folder: &TempDir| folder.path().display().to_string();
        let lang = match self.options.lang {
            Lang::Ko => "ko_KR.UTF-8",
            Lang::En => "en_US.UTF-8",
        };
        let path = std::env::var("PATH").unwrap_or_default();
        let mut environment = vec![
            ("PATH".to_owned(), path),
            ("HOME".to_owned(), path_of(&self.home)),
            ("XDG_RUNTIME_DIR".to_owned(), path_of(&self.home)),
            ("LANG".to_owned(), lang.to_owned()),
            ("IMAGELAB_DATA".to_owned(), path_of(&self.data)),
            ("IMAGELAB_SAVE_FOLDER".to_owned(), path_of(&self.saved)),
            ("GDK_SCALE".to_owned(), self.options.scale.to_string()),
            ("GDK_BACKEND".to_owned(), "x11".to_owned()),
            // Connecting to the accessibility bus would start services of the desktop.
            ("NO_AT_BRIDGE".to_owned(), "1".to_owned()),
            ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned()),
        ];
        environment.extend(self.display.environment().map(|(name, value)| (name.to_owned(), value.to_owned())));
        environment
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The user's home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The files that the window has saved, sorted by name.
    ///
    /// # Panics
    ///
    /// If the folder cannot be read.
    pub fn saved(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.saved.path()).expect("the folder can be read");
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        files
    }

    /// The programs that it needs.
    pub fn tools(&self) -> &Tools {
        &self.tools
    }

    /// The id of the window's process.
    ///
    /// # Panics
    ///
    /// If it is not running.
    pub fn pid(&self) -> u32 {
        self.driver.as_ref().expect("the program is running").pid
    }

    pub(crate) fn running(&self) -> Option<&Session> {
        self.driver.as_ref().map(|driver| &driver.session)
    }

    pub(crate) fn session(&self) -> &Session {
        &self.driver.as_ref().expect("the program is running").session
    }

    /// Kills the program, as a loss of power would.
    ///
    /// # Panics
    ///
    /// If it survives.
    pub fn kill(&mut self) {
        self.collect_problems();
        self.end("KILL");
    }

    /// Ends the program by SIGTERM, as the system does at log-out, and waits until it has ended.
    ///
    /// # Panics
    ///
    /// If it does not end.
    pub fn terminate(&mut self) {
        self.collect_problems();
        self.end("TERM");
    }

    fn end(&mut self, signal: &str) {
        let DriverSession { session, driver, pid } = self.driver.take().expect("the program is running");
        kill(signal, &pid.to_string());
        wait_until(format!("SIG{signal} has ended the window"), || (!process::alive(pid)).then_some(()));
        drop((session, driver));
    }

    /// Reloads the page.
    ///
    /// # Panics
    ///
    /// If it does not load.
    pub fn reload(&mut self) {
        self.collect_problems();
        self.session().reload().expect("the page can be reloaded");
        self.wait_for_css("[data-testid^='at-']");
    }

    /// Ends the program and checks that the page had no errors.
    ///
    /// # Panics
    ///
    /// If it had any since the window was opened, or the program does not end.
    pub fn close(mut self) {
        self.closed = true;
        if self.driver.is_some() {
            self.terminate();
        }
        self.problems.assert_none();
    }
}

fn wait_until_listening(port: u16) {
    wait_until("the driver listens", || TcpStream::connect(("127.0.0.1", port)).ok());
}

impl Drop for Window {
    fn drop(&mut self) {
        // A failed test shows what the window looked like, and the errors of the page.
        if std::thread::panicking() {
            self.save_failure_screenshot();
            self.print_problems();
        } else {
            assert!(self.closed, "a test closes its window, so that errors of the page are noticed");
        }
    }
}
