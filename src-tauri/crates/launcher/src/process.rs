//! Other processes of this machine: whether one is still the same one, and asking it to end. A process id alone does not say that: the
//! system gives it to another process later.

use std::process::{Command, Stdio};

use crate::platform::Platform;

/// When a process was started, in whatever form its system says it; the same text for as long as the process lives. `None` if there is
/// no such process.
pub(crate) fn started(pid: u32) -> Option<String> {
    if cfg!(target_os = "linux") {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        return Some(format!("{} {}", boot.trim(), ticks(&stat)?));
    }
    let output =
        command_for_start(Platform::of_machine(), pid).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

/// Asks a process to end: SIGTERM; on Windows, where there is none, it is ended.
///
/// # Errors
///
/// If it cannot be asked.
pub(crate) fn end(pid: u32) -> std::io::Result<()> {
    let mut command = command_for_end(Platform::of_machine(), pid);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(std::io::Error::other(format!("{command:?}: {status}"))) }
}

/// The 22nd field of `/proc/<pid>/stat`: clock ticks between the system's start and the process's. The second one, the program's name in
/// parentheses, may contain spaces and parentheses. A process that has ended and was not waited for yet counts as none.
fn ticks(stat: &str) -> Option<&str> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    (!matches!(state, "Z" | "X")).then(|| fields.nth(18)).flatten()
}

fn command_for_start(platform: Platform, pid: u32) -> Command {
    let pid = pid.to_string();
    if platform == Platform::Windows {
        let mut command = Command::new("powershell");
        let script = format!("(Get-Process -Id {pid} -ErrorAction Stop).StartTime.ToFileTimeUtc()");
        command.args(["-NoProfile", "-NonInteractive", "-Command", &script]);
        return command;
    }
    let mut command = Command::new("ps");
    command.args(["-o", "lstart=", "-p", &pid]).env("LC_ALL", "C").env("TZ", "UTC");
    command
}

fn command_for_end(platform: Platform, pid: u32) -> Command {
    let pid = pid.to_string();
    if platform == Platform::Windows {
        let mut command = Command::new("taskkill");
        command.args(["/F", "/PID", &pid]);
        return command;
    }
    // A shell has `kill` built in, also where no program of that name is installed.
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "kill -TERM \"$0\"", &pid]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(command: &Command) -> Vec<&str> {
        std::iter::once(command.get_program()).chain(command.get_args()).filter_map(|text| text.to_str()).collect()
    }

    #[test]
    fn a_process_is_the_same_one_for_as_long_as_it_lives() {
        let own = started(std::process::id());
        assert!(own.is_some());
        assert_eq!(started(std::process::id()), own);
        #[cfg(unix)]
        {
            let mut child = Command::new("sleep").arg("600").spawn().expect("there is sleep");
            assert!(started(child.id()).is_some());
            end(child.id()).expect("it can be ended");
            child.wait().expect("it ends");
            assert_eq!(started(child.id()), None);
        }
    }

    #[test]
    fn the_start_is_read_also_if_the_programs_name_looks_like_fields() {
        let fields = (4..=30).map(|field| field.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(ticks(&format!("7 (a) S b) S {fields}")), Some("22"));
        assert_eq!(ticks(&format!("7 (a) Z {fields}")), None);
        assert_eq!(ticks("7 (a"), None);
    }

    #[test]
    fn every_system_has_its_commands() {
        assert_eq!(arguments(&command_for_start(Platform::MacOs, 7)), ["ps", "-o", "lstart=", "-p", "7"]);
        assert_eq!(arguments(&command_for_end(Platform::MacOs, 7)), ["/bin/sh", "-c", "kill -TERM \"$0\"", "7"]);
        assert_eq!(arguments(&command_for_end(Platform::Windows, 7)), ["taskkill", "/F", "/PID", "7"]);
        let windows = command_for_start(Platform::Windows, 7);
        assert!(arguments(&windows)[4].starts_with("(Get-Process -Id 7 "), "{windows:?}");
    }
}
