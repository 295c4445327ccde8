//! A column: for each row, the code of its value among the column's distinct values.

use std::collections::HashMap;

use crate::Severity;
use crate::index::values::{Text, Values, natural_key};

/// One property of every instance.
pub(crate) struct Column {
    pub(crate) values: Values,
    codes: Codes,
}

/// As narrow as the number of distinct values allows: most columns have few.
enum Codes {
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

/// Runs the same code on the codes whatever their width.
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

    /// Keeps those rows in the mask whose code's entry in the table is true.
    pub(crate) fn keep(&self, table: &[bool], mask: &mut [bool]) {
        with_codes!(&self.codes, list => {
            mask.iter_mut().zip(list).for_each(|(kept, &code)| *kept &= table[code as usize]);
        });
    }

    /// Adds those rows to the mask whose code's entry in the table is true.
    pub(crate) fn add(&self, table: &[bool], mask: &mut [bool]) {
        with_codes!(&self.codes, list => {
            mask.iter_mut().zip(list).for_each(|(kept, &code)| *kept |= table[code as usize]);
        });
    }

    /// Each row's code, in order of rows.
    pub(crate) fn for_each_code(&self, mut each: impl FnMut(usize, usize)) {
        with_codes!(&self.codes, list => {
            for (row, &code) in list.iter().enumerate() {
                each(row, code as usize);
            }
        });
    }

    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        self.values.text(self.code(row)).map(Text::original)
    }

    pub(crate) fn number(&self, row: usize) -> Option<f64> {
        self.values.number(self.code(row))
    }
}

/// Takes a column's values in, row by row.
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

/// Between the members of a set that serves as a key. It occurs in no id or tag.
const BETWEEN: char = '\u{1f}';

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

    /// Adds a row with a text. The empty one is missing.
    pub(crate) fn push_text(&mut self, text: Option<&str>) {
        let text = text.unwrap_or_default();
        if *text != *self.last.0 {
            let (Distinct::Texts(known) | Distinct::Sets(known)) = &mut self.distinct else { return };
            let next = known.len() as u32 + 1;
            let code = match known.get(text) {
                Some(code) => *code,
                None if text.is_empty() => 0,
                None => *known.entry(text.into()).or_insert(next),
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
                joined.push(BETWEEN);
            }
            joined.push_str(text);
        }
        self.push_text(Some(&joined));
    }

    /// Adds a row with a severity.
    pub(crate) fn push_severity(&mut self, severity: Severity) {
        self.codes.push(severity_code(severity) as u32);
    }

    /// Adds a row with a number. What is none is missing.
    pub(crate) fn push_number(&mut self, number: Option<f64>) {
        let Distinct::Numbers(known) = &mut self.distinct else { return };
        let code = match number.filter(|number| !number.is_nan()) {
            None => 0,
            Some(number) => {
                let next = known.len() as u32 + 1;
                *known.entry((number + 0.0).to_bits()).or_insert(next)
            }
        };
        self.codes.push(code);
    }

    /// Adds a row with what the one before has.
    pub(crate) fn repeat(&mut self) {
        if let Some(&code) = self.codes.last() {
            self.codes.push(code);
        }
    }

    /// Puts the values in order and the codes with them.
    pub(crate) fn finish(self) -> Column {
        let (values, renumbered) = match self.distinct {
            Distinct::Severities => {
                let names = Severity::ALL.iter().rev().map(|severity| Text::new(severity.as_str()));
                (Values::Texts(names.collect()), (0..=Severity::ALL.len() as u32).collect())
            }
            Distinct::Texts(known) => {
                let (ordered, renumbered) = put_in_order(known, |text| {
                    let text = Text::new(text);
                    (natural_key(text.folded()), text)
                });
                (Values::Texts(ordered), renumbered)
            }
            Distinct::Sets(known) => {
                let (ordered, renumbered) = put_in_order(known, |joined| {
                    let set: Vec<_> = joined.split(BETWEEN).map(Text::new).collect();
                    let folded = set.iter().map(Text::folded).collect::<Vec<_>>().join(",");
                    (natural_key(&folded), set)
                });
                (Values::Sets(ordered), renumbered)
            }
            Distinct::Numbers(known) => number_order(known),
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

/// Orders by the natural key, and what that finds equal by the text itself. Returns the values, and old code to new.
fn put_in_order<T>(known: HashMap<Box<str>, u32>, read: impl Fn(&str) -> (Vec<u8>, T)) -> (Vec<T>, Vec<u32>) {
    let mut renumbered = vec![0; known.len() + 1];
    let mut entries: Vec<_> = known
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

fn number_order(known: HashMap<u64, u32>) -> (Values, Vec<u32>) {
    let mut renumbered = vec![0; known.len() + 1];
    let mut entries: Vec<_> = known.into_iter().map(|(bits, code)| (f64::from_bits(bits), code)).collect();
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
