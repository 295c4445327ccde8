//! A column of the index: for each row, the code of its value among the column's distinct values.

use std::collections::HashMap;

use crate::index::values::{Text, Values, natural_key};
use crate::vocabulary::Severity;

/// One property of every instance.
pub(crate) struct Column {
    pub(crate) values: Values,
    codes: Codes,
}

/// The codes, as narrow as the number of distinct values allows: most columns have few.
enum Codes {
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

/// Evaluates the same expression for codes of any width.
macro_rules! with_codes {
    ($codes:expr, $list:ident => $body:expr) => {
        match $codes {
            Codes::Narrow($list) => $body,
            Codes::Middle($list) => $body,
            Codes::Wide($list) => $body,
        }
    };
}

impl Column {
    /// The row's code.
    pub(crate) fn code(&self, row: usize) -> usize {
        with_codes!(&self.codes, list => list[row] as usize)
    }

    /// The codes of rows, in their order.
    #[expect(clippy::useless_conversion, reason = "one of the lists has codes of this type already")]
    pub(crate) fn codes_of(&self, rows: impl Iterator<Item = u32>) -> Vec<u32> {
        with_codes!(&self.codes, list => rows.map(|row| u32::from(list[row as usize])).collect())
    }

    /// Whether one of the rows has the code.
    pub(crate) fn contains(&self, code: usize, rows: &[u32]) -> bool {
        with_codes!(&self.codes, list => rows.iter().any(|row| list[*row as usize] as usize == code))
    }

    /// Removes the rows from the mask whose code's entry in the table is false.
    pub(crate) fn keep(&self, table: &[bool], mask: &mut [bool]) {
        with_codes!(&self.codes, list => {
            mask.iter_mut().zip(list).for_each(|(kept, &code)| *kept &= table[code as usize]);
        });
    }

    /// Adds the rows to the mask whose code's entry in the table is true.
    pub(crate) fn add(&self, table: &[bool], mask: &mut [bool]) {
        with_codes!(&self.codes, list => {
            mask.iter_mut().zip(list).for_each(|(kept, &code)| *kept |= table[code as usize]);
        });
    }

    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        self.values.text(self.code(row)).map(Text::original)
    }

    pub(crate) fn number(&self, row: usize) -> Option<f64> {
        self.values.number(self.code(row))
    }
}

/// Collects a column's values, row by row.
pub(crate) struct ColumnBuilder {
    distinct: Distinct,
    codes: Vec<u32>,
    last: (Box<str>, u32),
}

enum Distinct {
    Texts(HashMap<Box<str>, u32>),
    Sets(HashMap<Box<str>, u32>),
    Severities,
    Numbers(HashMap<u64, u32>),
}

/// Separates the members of a set in its key. It occurs in no id or tag.
const SEPARATOR: char = '\u{1f}';

impl ColumnBuilder {
    pub(crate) fn texts() -> Self {
        Self::new(Distinct::Texts(HashMap::new()))
    }

    pub(crate) fn sets() -> Self {
        Self::new(Distinct::Sets(HashMap::new()))
    }

    pub(crate) fn severities() -> Self {
        Self::new(Distinct::Severities)
    }

    pub(crate) fn numbers() -> Self {
        Self::new(Distinct::Numbers(HashMap::new()))
    }

    fn new(distinct: Distinct) -> Self {
        Self { distinct, codes: Vec::new(), last: (Box::default(), 0) }
    }

    /// Adds a row with a text. The empty text is a missing value.
    pub(crate) fn push_text(&mut self, text: Option<&str>) {
        let text = text.unwrap_or_default();
        if *text != *self.last.0 {
            let (Distinct::Texts(codes) | Distinct::Sets(codes)) = &mut self.distinct else { return };
            let next = codes.len() as u32 + 1;
            let code = match codes.get(text) {
                Some(code) => *code,
                None if text.is_empty() => 0,
                None => *codes.entry(text.into()).or_insert(next),
            };
            self.last = (text.into(), code);
        }
        self.codes.push(self.last.1);
    }

    /// Adds a row with several texts.
    pub(crate) fn push_set<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut joined = String::new();
        for text in texts.filter(|text| !text.is_empty()) {
            if !joined.is_empty() {
                joined.push(SEPARATOR);
            }
            joined.push_str(text);
        }
        self.push_text(Some(&joined));
    }

    /// Adds a row with a severity.
    pub(crate) fn push_severity(&mut self, severity: Severity) {
        self.codes.push(severity_code(severity) as u32);
    }

    /// Adds a row with a number. NaN is a missing value.
    pub(crate) fn push_number(&mut self, number: Option<f64>) {
        let Distinct::Numbers(codes) = &mut self.distinct else { return };
        let code = match number.filter(|number| !number.is_nan()) {
            None => 0,
            Some(number) => {
                let next = codes.len() as u32 + 1;
                *codes.entry((number + 0.0).to_bits()).or_insert(next)
            }
        };
        self.codes.push(code);
    }

    /// Adds a row with the value of the previous row.
    pub(crate) fn repeat(&mut self) {
        if let Some(&code) = self.codes.last() {
            self.codes.push(code);
        }
    }

    /// Sorts the values and renumbers the codes accordingly.
    pub(crate) fn finish(self) -> Column {
        let (values, renumbered) = match self.distinct {
            Distinct::Severities => {
                let names = Severity::ALL.iter().rev().map(|severity| Text::new(severity.as_str()));
                (Values::Texts(names.collect()), (0..=Severity::ALL.len() as u32).collect())
            }
            Distinct::Texts(codes) => {
                let (ordered, renumbered) = sort_values(codes, |text| {
                    let text = Text::new(text);
                    (natural_key(text.folded()), text)
                });
                (Values::Texts(ordered), renumbered)
            }
            Distinct::Sets(codes) => {
                let (ordered, renumbered) = sort_values(codes, |joined| {
                    let set: Vec<_> = joined.split(SEPARATOR).map(Text::new).collect();
                    let folded = set.iter().map(Text::folded).collect::<Vec<_>>().join(",");
                    (natural_key(&folded), set)
                });
                (Values::Sets(ordered), renumbered)
            }
            Distinct::Numbers(codes) => sort_numbers(codes),
        };
        Column { codes: narrow(self.codes, &renumbered, values.len()), values }
    }
}

/// The severity's code in a column of severities.
pub(crate) fn severity_code(severity: Severity) -> usize {
    severity as usize + 1
}

/// The severity of a code in a column of severities.
pub(crate) fn severity_of(code: usize) -> Severity {
    Severity::ALL.get(Severity::ALL.len().wrapping_sub(code)).copied().unwrap_or_default()
}

/// Sorts by the natural key, and by the text itself where the keys are equal. Returns the values, and the new code for
/// each old one.
fn sort_values<T>(codes: HashMap<Box<str>, u32>, read: impl Fn(&str) -> (Vec<u8>, T)) -> (Vec<T>, Vec<u32>) {
    let mut renumbered = vec![0; codes.len() + 1];
    let mut entries: Vec<_> = codes
        .into_iter()
        .map(|(text, code)| {
            let (key, value) = read(&text);
            (key, text, code, value)
        })
        .collect();
    entries.sort_unstable_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut values = Vec::with_capacity(entries.len());
    for (_, _, code, value) in entries {
        values.push(value);
        renumbered[code as usize] = values.len() as u32;
    }
    (values, renumbered)
}

fn sort_numbers(codes: HashMap<u64, u32>) -> (Values, Vec<u32>) {
    let mut renumbered = vec![0; codes.len() + 1];
    let mut entries: Vec<_> = codes.into_iter().map(|(bits, code)| (f64::from_bits(bits), code)).collect();
    entries.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    for (place, (_, code)) in entries.iter().enumerate() {
        renumbered[*code as usize] = place as u32 + 1;
    }
    (Values::Numbers(entries.into_iter().map(|(number, _)| number).collect()), renumbered)
}

fn narrow(codes: Vec<u32>, renumbered: &[u32], greatest: usize) -> Codes {
    let codes = codes.into_iter().map(|code| renumbered[code as usize]);
    if u8::try_from(greatest).is_ok() {
        Codes::Narrow(codes.map(|code| code as u8).collect())
    } else if u16::try_from(greatest).is_ok() {
        Codes::Middle(codes.map(|code| code as u16).collect())
    } else {
        Codes::Wide(codes.collect())
    }
}
