//! The window: its UI, its program, and what shows and drives it for tests.

use std::{path::PathBuf, process::Command};

use crate::{
    command::{TaskResult, can_start, command, print, root, run, which},
    node,
    setup::{Need, need, setup},
};

/// What building the window needs on Linux.
const TO_BUILD: [Need; 3] = [
    need("npm", "npm", "the UI is built with it"),
    need("pkg-config", "pkg-config", "the build locates WebKitGTK with it"),
    need("/usr/lib/*/pkgconfig/webkit2gtk-4.1.pc", "libwebkit2gtk-4.1-dev", "the window's web view"),
];

/// What driving it and taking screenshots needs besides.
const TO_DRIVE: [Need; 6] = [
    need("Xvfb", "xvfb", "the window is shown on a virtual screen"),
    need("WebKitWebDriver", "webkit2gtk-driver", "the window is driven through it"),
    need("dbus-daemon", "dbus-daemon", "a second instance reaches the first through it"),
    need("import", "imagemagick", "screenshots are taken with it"),
    need("xdotool", "xdotool", "windows are counted and hidden with it"),
    need("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", "Korean is drawn with it"),
];

/// Sets up what building the window needs: on Linux, a web view to build against.
pub(crate) fn set_up_to_build() -> TaskResult {
    setup(if cfg!(target_os = "linux") { &TO_BUILD } else { &TO_BUILD[..1] })?;
    node::set_up()
}

/// Sets up what driving the window needs. Windows are driven on Linux only.
pub(crate) fn set_up_to_drive() -> TaskResult {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    setup(&TO_DRIVE)?;
    if which("tauri-driver").is_some() || can_start("tauri-driver", "--help") {
        return Ok(());
    }
    run(
        "cargo install tauri-driver",
        command("cargo", &["install", "--quiet", "--locked", "tauri-driver", "--version", "^2"]),
    )
}

/// Checks the UI's types and style, and runs its unit tests.
pub(crate) fn check_ui() -> TaskResult {
    install_packages()?;
    run("npm run check", npm(&["run", "check", "--silent"]))?;
    run("npm run lint", npm(&["run", "lint", "--silent"]))?;
    run("npm run test", npm(&["run", "test", "--silent"]))
}

/// Fails where the UI's files import each other in a circle.
pub(crate) fn ui_cycles() -> TaskResult {
    install_packages()?;
    run("npm run cycles", npm(&["run", "cycles", "--silent"]))
}

/// Builds the UI into `ui/dist`.
pub(crate) fn build_ui() -> TaskResult {
    install_packages()?;
    run("npm run build", npm(&["run", "build", "--silent"]))
}

fn install_packages() -> TaskResult {
    let changed = |path: &str| std::fs::metadata(root().join(path)).and_then(|file| file.modified()).ok();
    if changed("ui/node_modules/.package-lock.json") < changed("ui/package-lock.json") {
        run("npm ci", npm(&["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

/// Regenerates the UI's bindings to the shell's commands.
pub(crate) fn bindings() -> TaskResult {
    set_up_to_build()?;
    if !root().join("ui/dist/index.html").is_file() {
        build_ui()?;
    }
    let example = ["run", "--quiet", "--package", "image-security-lab", "--example", "bindings", "--"];
    run("bindings", command("cargo", &[&example[..], &["ui/src/ipc/bindings.ts"]].concat()))
}

fn npm(arguments: &[&str]) -> Command {
    let mut npm = command(node::npm(), arguments);
    node::prefer(&mut npm);
    npm.current_dir(root().join("ui"));
    npm
}

/// Builds the UI and the window's program, and returns the path of the latter.
pub(crate) fn build(release: bool) -> Result<PathBuf, String> {
    set_up_to_build()?;
    build_ui()?;
    build_program(release)
}

/// Builds the window's program with the UI as it was last built.
pub(crate) fn build_program(release: bool) -> Result<PathBuf, String> {
    let mut arguments = vec!["build", "--locked", "--quiet", "--package", "image-security-lab"];
    if release {
        arguments.push("--release");
    }
    run("cargo build image-security-lab", command("cargo", &arguments))?;
    let own = std::env::current_exe().map_err(|error| format!("the path of this program is not known: {error}"))?;
    let profile = if release { "release" } else { "debug" };
    let target = own.ancestors().nth(2).map(PathBuf::from).unwrap_or_default();
    Ok(target.join(profile).join(format!("image-security-lab{}", std::env::consts::EXE_SUFFIX)))
}

/// Takes a screenshot of every screen into `screenshots/`.
pub(crate) fn screenshots() -> TaskResult {
    set_up_to_drive()?;
    let window = build(false)?;
    let mut screenshots = program("screenshots", false);
    screenshots.env("IMAGELAB_WINDOW", window);
    run("screenshots", screenshots)?;
    print("\nThe screenshots are in screenshots/\n");
    Ok(())
}

/// Measures the window: `startup` or `window`.
pub(crate) fn bench(name: &str) -> TaskResult {
    set_up_to_drive()?;
    let window = build(true)?;
    if name == "startup" {
        let empty =
            ["build", "--locked", "--quiet", "--release", "--package", "image-security-lab", "--example", "empty"];
        run("cargo build empty", command("cargo", &empty))?;
    }
    let mut bench = program(&format!("bench-{name}"), true);
    bench.env("IMAGELAB_WINDOW", window);
    run(&format!("bench {name}"), bench)
}

fn program(name: &str, release: bool) -> Command {
    let mut arguments = vec!["run", "--locked", "--quiet", "--package", "whole-lab-tests", "--bin", name];
    if release {
        arguments.push("--release");
    }
    command("cargo", &arguments)
}
