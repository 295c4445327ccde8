//! Environment variables as lines for the shells that people use.

use std::str::FromStr;

use crate::{environment::Variable, platform::Platform};

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShellSyntax {
    /// POSIX shells: sh, bash, zsh.
    Sh,
    /// fish.
    Fish,
    /// Windows PowerShell, and PowerShell on every system.
    PowerShell,
    /// The command prompt of Windows.
    Cmd,
}

impl ShellSyntax {
    /// The names of all of them.
    pub const NAMES: [&str; 4] = ["sh", "fish", "powershell", "cmd"];

    /// The shell that most people of this system use.
    pub fn of_system() -> Self {
        Self::of(Platform::of_machine())
    }

    fn of(platform: Platform) -> Self {
        match platform {
            Platform::Windows => Self::PowerShell,
            Platform::Linux | Platform::MacOs => Self::Sh,
        }
    }

    /// The line that sets or removes the variable.
    ///
    /// # Panics
    ///
    /// If the value contains a NUL, which no variable of an environment can.
    pub fn line(self, variable: &Variable) -> String {
        let name = &variable.name;
        match (self, &variable.value) {
            (Self::Sh, Some(value)) => {
                format!("export {name}={}", shlex::try_quote(value).expect("no variable contains a NUL"))
            }
            (Self::Sh, None) => format!("unset {name}"),
            (Self::Fish, Some(value)) => {
                format!("set -gx {name} '{}'", value.replace('\\', r"\\").replace('\'', r"\'"))
            }
            (Self::Fish, None) => format!("set -e {name}"),
            (Self::PowerShell, Some(value)) => format!("$env:{name} = '{}'", value.replace('\'', "''")),
            (Self::PowerShell, None) => format!("Remove-Item Env:{name} -ErrorAction SilentlyContinue"),
            (Self::Cmd, value) => format!("set \"{name}={}\"", value.as_deref().unwrap_or_default()),
        }
    }

    /// A line that the shell ignores.
    pub fn comment(self, text: &str) -> String {
        match self {
            Self::Sh | Self::Fish | Self::PowerShell => format!("# {text}"),
            Self::Cmd => format!("rem {text}"),
        }
    }
}

impl FromStr for ShellSyntax {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name {
            "sh" => Ok(Self::Sh),
            "fish" => Ok(Self::Fish),
            "powershell" => Ok(Self::PowerShell),
            "cmd" => Ok(Self::Cmd),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(shell: ShellSyntax, value: Option<&str>) -> String {
        shell.line(&Variable { name: "NAME".to_owned(), value: value.map(str::to_owned) })
    }

    #[test]
    fn a_posix_shell_reads_a_value_as_it_is() {
        let export = |value| line(ShellSyntax::Sh, Some(value));
        assert_eq!(export("tcp://127.0.0.1:2375"), "export NAME=tcp://127.0.0.1:2375");
        assert_eq!(export(""), "export NAME=''");
        assert_eq!(export("/home/kim/my data"), "export NAME='/home/kim/my data'");
        assert_eq!(export("it's"), r#"export NAME="it's""#);
        assert_eq!(export("$(id)"), "export NAME='$(id)'");
        assert_eq!(line(ShellSyntax::Sh, None), "unset NAME");
    }

    #[test]
    fn other_shells_read_a_value_as_it_is() {
        for (shell, value, expected) in [
            (ShellSyntax::Fish, Some(r"C:\it's $HOME"), r"set -gx NAME 'C:\\it\'s $HOME'"),
            (ShellSyntax::Fish, None, "set -e NAME"),
            (ShellSyntax::PowerShell, Some(r"C:\it's $HOME"), r"$env:NAME = 'C:\it''s $HOME'"),
            (ShellSyntax::PowerShell, None, "Remove-Item Env:NAME -ErrorAction SilentlyContinue"),
            (ShellSyntax::Cmd, Some("npipe:////./pipe/a & b"), "set \"NAME=npipe:////./pipe/a & b\""),
            (ShellSyntax::Cmd, None, "set \"NAME=\""),
        ] {
            assert_eq!(line(shell, value), expected, "{shell:?}");
        }
    }

    #[test]
    fn every_system_has_its_shell() {
        let shells = [Platform::Linux, Platform::MacOs, Platform::Windows].map(ShellSyntax::of);
        assert_eq!(shells, [ShellSyntax::Sh, ShellSyntax::Sh, ShellSyntax::PowerShell]);
    }

    /// The variables of a cloud on Windows: a pipe, a path with backslashes and spaces, and a value that is empty.
    #[test]
    fn variables_of_windows_are_printed_for_its_shells() {
        let set = |name: &str, value: &str| Variable { name: name.to_owned(), value: Some(value.to_owned()) };
        let variables = [
            set("DOCKER_HOST", "npipe:////./pipe/imagelab-0123"),
            set("DOCKER_CONFIG", r"C:\Users\Kim Min\AppData\Roaming\imagelab\data\docker"),
            set("AWS_SESSION_TOKEN", ""),
            Variable { name: "AWS_PROFILE".to_owned(), value: None },
        ];
        let lines = |shell: ShellSyntax| variables.each_ref().map(|variable| shell.line(variable));
        assert_eq!(
            lines(ShellSyntax::PowerShell),
            [
                "$env:DOCKER_HOST = 'npipe:////./pipe/imagelab-0123'",
                r"$env:DOCKER_CONFIG = 'C:\Users\Kim Min\AppData\Roaming\imagelab\data\docker'",
                "$env:AWS_SESSION_TOKEN = ''",
                "Remove-Item Env:AWS_PROFILE -ErrorAction SilentlyContinue",
            ]
        );
        assert_eq!(
            lines(ShellSyntax::Cmd),
            [
                "set \"DOCKER_HOST=npipe:////./pipe/imagelab-0123\"",
                "set \"DOCKER_CONFIG=C:\\Users\\Kim Min\\AppData\\Roaming\\imagelab\\data\\docker\"",
                "set \"AWS_SESSION_TOKEN=\"",
                "set \"AWS_PROFILE=\"",
            ]
        );
    }

    #[test]
    fn every_name_is_a_shell() {
        for name in ShellSyntax::NAMES {
            assert!(name.parse::<ShellSyntax>().is_ok(), "{name}");
        }
        assert!("zsh".parse::<ShellSyntax>().is_err());
    }
}
