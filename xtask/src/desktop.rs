//! The window: its web side, its program, and what shows and drives it for tests.

use std::{path::PathBuf, process::Command};

use crate::{
    command::{Outcome, command, root, run, say, there, which},
    node,
    setup::{Need, need, setup},
};

/// What building the window takes on Linux.
const TO_BUILD: [Need; 3] = [
    need("npm", "npm", "the web side is built with it"),
    need("pkg-config", "pkg-config", "it finds WebKitGTK"),
    need("/usr/lib/*/pkgconfig/webkit2gtk-4.1.pc", "libwebkit2gtk-4.1-dev", "the window's web view"),
];

/// What driving and photographing it takes besides.
const TO_DRIVE: [Need; 6] = [
    need("Xvfb", "xvfb", "the window is shown on a screen that nobody sees"),
    need("WebKitWebDriver", "webkit2gtk-driver", "the window is driven through it"),
    need("dbus-daemon", "dbus-daemon", "a second start finds the first window by it"),
    need("import", "imagemagick", "the screen is photographed with it"),
    need("xdotool", "xdotool", "windows are counted and hidden with it"),
    need("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk", "Korean is drawn with it"),
];

/// Sets up what building the window takes: on Linux, a web view to build against.
pub(crate) fn set_up_to_build() -> Outcome {
    setup(if cfg!(target_os = "linux") { &TO_BUILD } else { &TO_BUILD[..1] })?;
    node::set_up()
}

/// Sets up what driving the window takes: nothing but on Linux.
pub(crate) fn set_up_to_drive() -> Outcome {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    setup(&TO_DRIVE)?;
    if which("tauri-driver").is_some() || there("tauri-driver", "--help") {
        return Ok(());
    }
    run(
        "cargo install tauri-driver",
        command("cargo", &["install", "--quiet", "--locked", "tauri-driver", "--version", "^2"]),
    )
}

/// Checks the web side's types and style, and runs its unit tests.
pub(crate) fn check_web_side() -> Outcome {
    install_packages()?;
    run("npm run check", npm(&["run", "check", "--silent"]))?;
    run("npm run lint", npm(&["run", "lint", "--silent"]))?;
    run("npm run test", npm(&["run", "test", "--silent"]))
}

/// Builds the web side into `ui/dist`.
pub(crate) fn build_web_side() -> Outcome {
    install_packages()?;
    run("npm run build", npm(&["run", "build", "--silent"]))
}

fn install_packages() -> Outcome {
    let changed = |path: &str| std::fs::metadata(root().join(path)).and_then(|file| file.modified()).ok();
    if changed("ui/node_modules/.package-lock.json") < changed("ui/package-lock.json") {
        run("npm ci", npm(&["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(())
}

/// Writes anew what the web side knows of the commands.
pub(crate) fn bindings() -> Outcome {
    set_up_to_build()?;
    if !root().join("ui/dist/index.html").is_file() {
        build_web_side()?;
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

/// Builds the window with its web side, and says where its program is.
pub(crate) fn build(release: bool) -> Result<PathBuf, String> {
    set_up_to_build()?;
    build_web_side()?;
    build_program(release)
}

/// Builds the window's program on the web side as it was built last.
pub(crate) fn build_program(release: bool) -> Result<PathBuf, String> {
    let mut arguments = vec!["build", "--locked", "--quiet", "--package", "image-security-lab"];
    if release {
        arguments.push("--release");
    }
    run("cargo build image-security-lab", command("cargo", &arguments))?;
    let own = std::env::current_exe().map_err(|why| format!("this program does not know where it is: {why}"))?;
    let profile = if release { "release" } else { "debug" };
    let target = own.ancestors().nth(2).map(PathBuf::from).unwrap_or_default();
    Ok(target.join(profile).join(format!("image-security-lab{}", std::env::consts::EXE_SUFFIX)))
}

/// Photographs every screen into `screenshots/`.
pub(crate) fn screenshots() -> Outcome {
    set_up_to_drive()?;
    let window = build(false)?;
    let mut album = program("screenshots", false);
    album.env("IMAGELAB_WINDOW", window);
    run("screenshots", album)?;
    say("\nphotographs are in screenshots/\n");
    Ok(())
}

/// Measures the window: `startup` or `window`.
pub(crate) fn bench(name: &str) -> Outcome {
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
