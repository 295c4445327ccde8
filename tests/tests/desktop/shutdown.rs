//! The end of the window, and a second start.

use std::{net::TcpStream, process::Command, time::Duration};

use testbed::wait::wait_until;
use whole_lab_tests::{
    desktop::{Options, Speed, TIMEOUT, Window, alive, servers_of},
    run,
};

#[test]
fn a_window_that_is_terminated_stops_its_servers() {
    let Some(mut window) = Window::open(Options::default()) else { return };
    window.start_practice_run(Speed::Instant);
    let pid = window.pid();
    let servers = servers_of(pid);
    assert!(servers.len() >= 3, "the practice cloud, its public registry and the engine listen: {servers:?}");
    window.terminate();
    assert!(!alive(pid));
    // The web view's own processes, which inherit the sockets, end a moment later.
    for port in servers {
        wait_until(format!("nothing listens on {port}"), || {
            TcpStream::connect(("127.0.0.1", port)).is_err().then_some(())
        });
    }
    // The run is not lost.
    window.launch();
    window.click("continue");
    window.wait_for("page-prepare");
    window.close();
}

#[test]
fn a_second_start_brings_the_first_window_to_the_front() {
    let Some(window) = Window::open(Options::default()) else { return };
    let pid = window.pid().to_string();
    let visible =
        |window: &Window| !window.display.xdotool(&["search", "--onlyvisible", "--pid", &pid]).stdout.trim().is_empty();
    window.until("the window is on the screen", TIMEOUT, |window| visible(window).then_some(()));
    for id in window.display.xdotool(&["search", "--onlyvisible", "--pid", &pid]).stdout.split_whitespace() {
        window.display.xdotool(&["windowunmap", "--sync", id]);
    }
    assert!(!visible(&window), "the window is unmapped");
    let mut second = Command::new(&window.tools().window);
    second.env_clear().envs(window.environment());
    run(second, Duration::from_mins(1)).succeeded("the second start ends by itself");
    window.until("the first window is back", TIMEOUT, |window| visible(window).then_some(()));
    assert!(alive(window.pid()));
    window.close();
}
