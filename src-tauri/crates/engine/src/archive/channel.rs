//! The two ends of an archive that is sent or received: a thread that reads or writes it, and the connection.

use std::io::{self, Read, Write};

use bytes::Bytes;
use tokio::sync::mpsc::{Receiver, Sender};

/// How many pieces wait between the thread and the connection. This bounds the memory that an archive takes.
pub(super) const PIECES: usize = 8;

/// Reads what arrives at a channel. A sender that is gone is the end.
pub(super) struct ChannelReader {
    arriving: Receiver<io::Result<Bytes>>,
    current: Bytes,
}

impl ChannelReader {
    pub(super) fn new(arriving: Receiver<io::Result<Bytes>>) -> Self {
        Self { arriving, current: Bytes::new() }
    }
}

impl Read for ChannelReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() {
            match self.arriving.blocking_recv() {
                Some(piece) => self.current = piece?,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.current.len());
        buffer[..length].copy_from_slice(&self.current.split_to(length));
        Ok(length)
    }
}

/// Sends what is written to a channel. A receiver that is gone is a broken pipe.
pub(super) struct ChannelWriter(pub(super) Sender<io::Result<Bytes>>);

impl Write for ChannelWriter {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(buffer);
        self.0.blocking_send(Ok(piece)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
