//! The window's program under a driver, from its start to its end.

use std::{
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use i18n::Lang;
use parking_lot::{Mutex, MutexGuard};
use tempfile::TempDir;

use super::{
    display::Display,
    problems::Problems,
    process,
    tools::Tools,
    webdriver::{Session, free_port},
};
use crate::program::{Program, kill};

/// One window at a time: they would share two cores, and what one waits for comes late.
static ONE: Mutex<()> = Mutex::new(());

/// How long a program may take to come or to go.
pub(crate) const LIMIT: Duration = Duration::from_mins(1);

/// Light or dark.
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

    /// As the page's `data-theme` and the preferences have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How a window is started.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The system's language.
    pub lang: Lang,
    /// Its width, in the page's pixels.
    pub width: u32,
    /// Its height, in the page's pixels.
    pub height: u32,
    /// Pixels of the screen to one of the page.
    pub scale: u32,
    /// The theme that was chosen before.
    pub theme: Theme,
}

impl Default for Options {
    fn default() -> Self {
        Self { lang: Lang::Ko, width: 1280, height: 800, scale: 1, theme: Theme::Light }
    }
}

/// The real window, on a screen, a data folder and a home of its own. Dropped, all of it is gone.
#[derive(Debug)]
pub struct Window {
    pub(crate) options: Options,
    pub(crate) tools: Tools,
    /// The screen that it is on.
    pub display: Display,
    data: TempDir,
    home: TempDir,
    saved: TempDir,
    pub(crate) problems: Problems,
    driven: Option<DriverSession>,
    closed: bool,
    _one: MutexGuard<'static, ()>,
}

#[derive(Debug)]
struct DriverSession {
    session: Session,
    driver: Program,
    pid: u32,
}

impl Window {
    /// Opens it, and waits until it can be used. `None`, having said why, where this machine cannot.
    pub fn open(options: Options) -> Option<Self> {
        let tools = Tools::find()?;
        Some(Self::open_with(tools, options))
    }

    /// Opens it, and waits until it can be used.
    ///
    /// # Panics
    ///
    /// If it does not come up.
    pub fn open_with(tools: Tools, options: Options) -> Self {
        let mut window = Self::prepare(tools, options);
        window.launch();
        window
    }

    /// All but the window itself.
    ///
    /// # Panics
    ///
    /// If there is no room, or no screen.
    pub fn prepare(tools: Tools, options: Options) -> Self {
        let one = ONE.lock();
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
            driven: None,
            closed: false,
            _one: one,
        };
        let preferences = format!(r#"{{"theme":"{}"}}"#, options.theme.name());
        std::fs::write(window.data().join("preferences.json"), preferences).expect("there is room for a file");
        window
    }

    /// Starts the program on the same folders, after it ended.
    ///
    /// # Panics
    ///
    /// If it does not come up.
    pub fn launch(&mut self) {
        assert!(self.driven.is_none(), "it still runs");
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
        session.set_timeouts().expect("a driver takes time-outs");
        let pid = process::of_program(&self.tools.window, self.data.path()).expect("the window's process runs");
        self.driven = Some(DriverSession { session, driver, pid });
        self.wait_for_css("[data-testid^='at-'], [data-testid='boot-problem']");
        // It is made hidden, and has no size that could be changed before it is shown.
        self.until("the window is shown", LIMIT, |window| {
            (window.js("return document.visibilityState", &[]) == "visible").then_some(())
        });
        self.resize(self.options.width, self.options.height);
    }

    /// What the program's environment holds: nothing of the user's but the path.
    pub fn environment(&self) -> Vec<(String, String)> {
        let of = |folder: &TempDir| folder.path().display().to_string();
        let lang = match self.options.lang {
            Lang::Ko => "ko_KR.UTF-8",
            Lang::En => "en_US.UTF-8",
        };
        let path = std::env::var("PATH").unwrap_or_default();
        let mut all = vec![
            ("PATH".to_owned(), path),
            ("HOME".to_owned(), of(&self.home)),
            ("XDG_RUNTIME_DIR".to_owned(), of(&self.home)),
            ("LANG".to_owned(), lang.to_owned()),
            ("IMAGELAB_DATA".to_owned(), of(&self.data)),
            ("IMAGELAB_SAVE_FOLDER".to_owned(), of(&self.saved)),
            ("GDK_SCALE".to_owned(), self.options.scale.to_string()),
            ("GDK_BACKEND".to_owned(), "x11".to_owned()),
            // Asking for the accessibility bus would start services of the desktop.
            ("NO_AT_BRIDGE".to_owned(), "1".to_owned()),
            ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned()),
        ];
        all.extend(self.display.environment().map(|(name, value)| (name.to_owned(), value.to_owned())));
        all
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// What was saved, by name.
    ///
    /// # Panics
    ///
    /// If the folder cannot be read.
    pub fn saved(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.saved.path()).expect("the folder is ours");
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        files
    }

    /// The programs that it takes.
    pub fn tools(&self) -> &Tools {
        &self.tools
    }

    /// The number of the window's process.
    ///
    /// # Panics
    ///
    /// If it does not run.
    pub fn pid(&self) -> u32 {
        self.driven.as_ref().expect("it runs").pid
    }

    pub(crate) fn running(&self) -> Option<&Session> {
        self.driven.as_ref().map(|driven| &driven.session)
    }

    pub(crate) fn session(&self) -> &Session {
        &self.driven.as_ref().expect("it runs").session
    }

    /// Kills the program as a loss of power would, at this very moment.
    ///
    /// # Panics
    ///
    /// If it survives.
    pub fn kill(&mut self) {
        self.collect_problems();
        self.end("KILL");
    }

    /// Asks the program to end, as the system does at log-out, and waits until it has.
    ///
    /// # Panics
    ///
    /// If it does not.
    pub fn terminate(&mut self) {
        self.collect_problems();
        self.end("TERM");
    }

    fn end(&mut self, signal: &str) {
        let DriverSession { session, driver, pid } = self.driven.take().expect("it runs");
        kill(signal, &pid.to_string());
        let began = Instant::now();
        while process::alive(pid) {
            assert!(began.elapsed() < LIMIT, "the window does not end by SIG{signal}");
            std::thread::sleep(Duration::from_millis(10));
        }
        drop((session, driver));
    }

    /// Loads the page anew, as a person might by a key.
    ///
    /// # Panics
    ///
    /// If it does not come back.
    pub fn reload(&mut self) {
        self.collect_problems();
        self.session().reload().expect("a page can be loaded anew");
        self.wait_for_css("[data-testid^='at-']");
    }

    /// Ends the program and tells what the page complained of.
    ///
    /// # Panics
    ///
    /// If it complained of anything in all the time, or does not end.
    pub fn close(mut self) {
        self.closed = true;
        if self.driven.is_some() {
            self.terminate();
        }
        self.problems.assert_none();
    }
}

fn wait_until_listening(port: u16) {
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(began.elapsed() < LIMIT, "the driver does not listen");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // After a panic, what there was to see and what the page complained of is told.
        if std::thread::panicking() {
            self.save_failure_screenshot();
            self.print_problems();
        } else {
            assert!(self.closed, "a window is closed, so that what its page complained of is told");
        }
    }
}
