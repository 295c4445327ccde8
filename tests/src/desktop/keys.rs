//! Keys, with the code points by which `WebDriver` names those that are not letters.

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Tab.
    Tab,
    /// Shift.
    Shift,
    /// Control.
    Control,
    /// Alt.
    Alt,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Space.
    Space,
    /// Arrow down.
    Down,
    /// Arrow right.
    Right,
    /// A letter or a digit.
    Letter(char),
}

impl Key {
    pub(crate) fn code(self) -> char {
        match self {
            Self::Tab => '\u{E004}',
            Self::Enter => '\u{E007}',
            Self::Shift => '\u{E008}',
            Self::Control => '\u{E009}',
            Self::Alt => '\u{E00A}',
            Self::Escape => '\u{E00C}',
            Self::Space => ' ',
            Self::Right => '\u{E014}',
            Self::Down => '\u{E015}',
            Self::Letter(letter) => letter,
        }
    }
}
