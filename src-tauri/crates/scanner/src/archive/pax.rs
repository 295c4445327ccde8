//! The records of a PAX extended header: `<length> <keyword>=<value>\n`.

use crate::error::Fault;

/// The values that an extended header sets for the next entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Extended {
    pub(crate) path: Option<Vec<u8>>,
    pub(crate) link: Option<Vec<u8>>,
    pub(crate) size: Option<u64>,
    /// Where the contents of a sparse file are, if it is one.
    pub(crate) sparse: Option<SparseHeader>,
}

/// GNU tar's records about a sparse file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SparseHeader {
    /// The size of the file with its holes.
    pub(crate) size: Option<u64>,
    /// The file's own path: the entry's is one for programs that do not know the format.
    pub(crate) path: Option<Vec<u8>>,
    /// Offset and length, alternately, of each part with contents.
    pub(crate) numbers: Vec<u64>,
    /// Whether these numbers are in front of the contents instead.
    pub(crate) in_contents: bool,
}

/// Parses all records. Keywords that do not affect a file's path, link or size are ignored.
pub(crate) fn parse(mut records: &[u8]) -> Result<Extended, Fault> {
    let mut extended = Extended::default();
    while !records.is_empty() && records[0] != 0 {
        let (keyword, value, rest) = record(records).ok_or_else(|| Fault::broken("an extended header is broken"))?;
        match keyword {
            b"path" => extended.path = Some(value.to_vec()),
            b"linkpath" => extended.link = Some(value.to_vec()),
            b"size" => extended.size = Some(number(value).ok_or_else(|| Fault::broken("an entry's size is broken"))?),
            _ => {
                if let Some(keyword) = keyword.strip_prefix(b"GNU.sparse.") {
                    sparse(extended.sparse.get_or_insert_default(), keyword, value)
                        .ok_or_else(|| Fault::broken("the header of a sparse file is broken"))?;
                }
            }
        }
        records = rest;
    }
    Ok(extended)
}

/// Reads a record of the formats 0.0, 0.1 and 1.0; `None` if it is broken.
fn sparse(header: &mut SparseHeader, keyword: &[u8], value: &[u8]) -> Option<()> {
    match keyword {
        b"size" | b"realsize" => header.size = Some(number(value)?),
        b"name" => header.path = Some(value.to_vec()),
        b"offset" | b"numbytes" => header.numbers.push(number(value)?),
        b"map" => header.numbers = value.split(|byte| *byte == b',').map(number).collect::<Option<_>>()?,
        b"major" => header.in_contents = number(value)? == 1,
        _ => {}
    }
    Some(())
}

/// The keyword and value of the first record, and the records after it.
fn record(records: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = records.iter().position(|byte| *byte == b' ')?;
    let length = usize::try_from(number(&records[..space])?).ok()?;
    let (record, rest) = records.split_at_checked(length)?;
    let pair = record.get(space + 1..)?.strip_suffix(b"\n")?;
    let equals = pair.iter().position(|byte| *byte == b'=')?;
    Some((&pair[..equals], &pair[equals + 1..], rest))
}

fn number(digits: &[u8]) -> Option<u64> {
    str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_link_and_size_are_parsed() {
        let extended = parse(b"12 path=a/b\n18 linkpath=c=d/e\n12 size=123\n11 mtime=1\n").unwrap();
        assert_eq!(
            extended,
            Extended { path: Some(b"a/b".into()), link: Some(b"c=d/e".into()), size: Some(123), sparse: None }
        );
    }

    #[test]
    fn wrong_lengths_are_errors() {
        for broken in [
            &b"99 path=a\n"[..],
            b"0 path=a\n",
            b"3 path=a\n",
            b"path=a\n",
            b"18446744073709551615 a=b\n",
            b"9 size=x\n",
        ] {
            assert!(parse(broken).is_err(), "{broken:?}");
        }
    }
}
