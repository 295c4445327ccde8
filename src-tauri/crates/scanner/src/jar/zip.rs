//! The part of the zip format that JARs use: the central directory, and stored or deflated members.
//!
//! Libraries keep every entry of an archive in memory, and an untrusted JAR can have millions. Here the directory is
//! streamed, and only the requested members are kept.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Take};

use flate2::read::DeflateDecoder;

use crate::error::Fault;

const END: &[u8; 4] = b"PK\x05\x06";
const END_SIZE: usize = 22;
const END64: &[u8; 4] = b"PK\x06\x06";
const END64_SIZE: u64 = 56;
const LOCATOR64: &[u8; 4] = b"PK\x06\x07";
const LOCATOR64_SIZE: u64 = 20;
const RECORD: &[u8; 4] = b"PK\x01\x02";
const LOCAL: &[u8; 4] = b"PK\x03\x04";
/// Why an archive without its end record cannot be read.
const TRUNCATED: &str = "it is truncated: the directory at the end of the archive is missing";
const ENCRYPTED: u16 = 1;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// The greatest number of requested members in one archive, and the bytes of their names: nested archives keep theirs at the
/// same time.
const MAX_MEMBERS: usize = 20_000;
const MAX_NAMES: usize = 2 << 20;

/// A file in the archive.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// The size of its contents, as the directory states it.
    pub(crate) size: u64,
    /// The size in the archive.
    pub(crate) packed: u64,
    /// The CRC-32 of its contents, as the directory states it.
    pub(crate) crc: u32,
    method: u16,
    /// The position of its local header.
    offset: u64,
}

/// The requested members of an archive.
pub(crate) struct Members {
    pub(crate) members: Vec<Member>,
    /// Whether there are no more than are kept.
    pub(crate) is_complete: bool,
}

/// Reads the members that are `wanted` from the central directory. `count` is called for every entry.
pub(crate) fn directory<F: Read + Seek>(
    file: &mut F,
    wanted: impl Fn(&str) -> bool,
    count: impl Fn() -> Result<(), Fault>,
) -> Result<Members, Fault> {
    directory_up_to(file, wanted, count, (MAX_MEMBERS, MAX_NAMES))
}

/// The same with other limits: of the number of members that are kept, and of the bytes of their names.
pub(crate) fn directory_up_to<F: Read + Seek>(
    file: &mut F,
    wanted: impl Fn(&str) -> bool,
    count: impl Fn() -> Result<(), Fault>,
    (max_members, max_names): (usize, usize),
) -> Result<Members, Fault> {
    let directory = find_directory(file)?;
    file.seek(SeekFrom::Start(directory.start))?;
    let mut records = BufReader::new(file.take(directory.size));
    let mut members = Vec::new();
    let mut names = 0;
    let mut name = Vec::new();
    let mut extra = Vec::new();
    let mut comment = Vec::new();
    while !records.fill_buf()?.is_empty() {
        let mut fixed = [0; 46];
        records.read_exact(&mut fixed)?;
        if &fixed[..4] != RECORD {
            return Err(broken());
        }
        count()?;
        take(&mut records, short(&fixed, 28), &mut name)?;
        take(&mut records, short(&fixed, 30), &mut extra)?;
        take(&mut records, short(&fixed, 32), &mut comment)?;
        let Ok(name) = str::from_utf8(&name) else { continue };
        if !wanted(name) || short(&fixed, 8) & ENCRYPTED != 0 {
            continue;
        }
        names += name.len();
        if members.len() == max_members || names > max_names {
            return Ok(Members { members, is_complete: false });
        }
        members.push(member(name, &fixed, &extra, directory.shift)?);
    }
    Ok(Members { members, is_complete: true })
}

/// A member's contents. Reading fails if they are shorter than the directory states.
pub(crate) fn open<'f, F: Read + Seek>(file: &'f mut F, member: &Member) -> Result<Contents<'f, F>, Fault> {
    file.seek(SeekFrom::Start(member.offset))?;
    let mut fixed = [0; 30];
    file.read_exact(&mut fixed)?;
    if &fixed[..4] != LOCAL {
        return Err(broken());
    }
    file.seek(SeekFrom::Current(i64::from(short(&fixed, 26)) + i64::from(short(&fixed, 28))))?;
    let packed = file.take(member.packed);
    match member.method {
        STORED => Ok(Contents::Stored(packed)),
        DEFLATED => Ok(Contents::Deflated(Box::new(DeflateDecoder::new(packed)))),
        method => Err(Fault::Broken(format!("its compression method {method} is not one of JARs"))),
    }
}

pub(crate) enum Contents<'f, F> {
    Stored(Take<&'f mut F>),
    Deflated(Box<DeflateDecoder<Take<&'f mut F>>>),
}

impl<F: Read> Read for Contents<'_, F> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Stored(stored) => {
                let read = stored.read(buffer)?;
                if read == 0 && stored.limit() > 0 && !buffer.is_empty() {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                Ok(read)
            }
            Self::Deflated(deflated) => deflated.read(buffer),
        }
    }
}

/// The position of the central directory. A program may precede the archive, which then starts `shift` bytes later than
/// its offsets state.
struct Directory {
    start: u64,
    size: u64,
    shift: u64,
}

fn find_directory<F: Read + Seek>(file: &mut F) -> Result<Directory, Fault> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut start = [0; 4];
    file.seek(SeekFrom::Start(0))?;
    let starts_as_archive = length >= 4 && file.read_exact(&mut start).is_ok() && &start == LOCAL;
    // A comment of up to 65,535 bytes may follow the end record.
    let tail_start = length.saturating_sub(END_SIZE as u64 + u64::from(u16::MAX));
    file.seek(SeekFrom::Start(tail_start))?;
    let mut tail = Vec::new();
    file.take(length - tail_start).read_to_end(&mut tail)?;
    let fits =
        |at: &usize| tail[*at..].starts_with(END) && at + END_SIZE + usize::from(short(&tail[*at..], 20)) <= tail.len();
    let at = (0..(tail.len() + 1).saturating_sub(END_SIZE)).rev().find(fits);
    let at = at.ok_or_else(|| Fault::broken(if starts_as_archive { TRUNCATED } else { "it is not a zip archive" }))?;
    let end = &tail[at..];
    let (mut size, mut offset) = (u64::from(long(end, 12)), u64::from(long(end, 16)));
    let mut records_end = tail_start + at as u64;
    let is_large = size == u64::from(u32::MAX) || offset == u64::from(u32::MAX) || short(end, 10) == u16::MAX;
    if is_large && let Some(large) = end64(file, records_end)? {
        (records_end, size, offset) = large;
    }
    let start = records_end.checked_sub(size).ok_or_else(broken)?;
    let shift = start.checked_sub(offset).ok_or_else(broken)?;
    Ok(Directory { start, size, shift })
}

/// The position of a zip64 archive's end record, and the size and offset of its directory.
fn end64<F: Read + Seek>(file: &mut F, end: u64) -> Result<Option<(u64, u64, u64)>, Fault> {
    let Some(at) = end.checked_sub(LOCATOR64_SIZE + END64_SIZE) else { return Ok(None) };
    file.seek(SeekFrom::Start(at))?;
    let mut record = [0; (END64_SIZE + LOCATOR64_SIZE) as usize];
    file.read_exact(&mut record)?;
    let (record, locator) = record.split_at(END64_SIZE as usize);
    if !record.starts_with(END64) || !locator.starts_with(LOCATOR64) {
        return Ok(None);
    }
    Ok(Some((at, longer(record, 40), longer(record, 48))))
}

fn member(name: &str, fixed: &[u8], extra: &[u8], shift: u64) -> Result<Member, Fault> {
    let mut packed = u64::from(long(fixed, 20));
    let mut size = u64::from(long(fixed, 24));
    let mut offset = u64::from(long(fixed, 42));
    // Values that do not fit in 32 bits are in an extra field, in this order.
    let mut large = large(extra).unwrap_or_default().chunks_exact(8).map(|eight| longer(eight, 0));
    for value in [&mut size, &mut packed, &mut offset] {
        if *value == u64::from(u32::MAX) {
            *value = large.next().unwrap_or(*value);
        }
    }
    let offset = offset.checked_add(shift).ok_or_else(broken)?;
    Ok(Member { name: name.to_owned(), size, packed, crc: long(fixed, 16), method: short(fixed, 10), offset })
}

/// The extra field of zip64 archives.
fn large(mut extra: &[u8]) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (kind, length) = (short(extra, 0), usize::from(short(extra, 2)));
        let (field, rest) = extra[4..].split_at_checked(length)?;
        if kind == 1 {
            return Some(field);
        }
        extra = rest;
    }
    None
}

fn take(reader: &mut impl Read, length: u16, into: &mut Vec<u8>) -> Result<(), Fault> {
    into.clear();
    if reader.by_ref().take(u64::from(length)).read_to_end(into)? < usize::from(length) {
        return Err(broken());
    }
    Ok(())
}

fn broken() -> Fault {
    Fault::broken("its zip directory is broken")
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from(short(bytes, at)) | u32::from(short(bytes, at + 2)) << 16
}

fn longer(bytes: &[u8], at: usize) -> u64 {
    u64::from(long(bytes, at)) | u64::from(long(bytes, at + 4)) << 32
}
