//! Access records: collected by each worker, written by one thread, dropped and counted rather than waited for.

use super::{line::Line, meters::Meters};
use crate::config::AccessLog;
use countersign_types::Timestamp;
use std::{
    cell::RefCell,
    fs::OpenOptions,
    io::{self, Write},
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

/// A worker hands over its records when they are this many bytes, or every second.
const BATCH_BYTES: usize = 64 * 1024;
/// Batches that may wait for the writer.
const BATCHES_MAX: usize = 64;

/// The thread that writes.
pub(crate) struct LogWriter {
    sender: Option<SyncSender<Vec<u8>>>,
    thread: Option<JoinHandle<()>>,
}

/// The records of one worker.
pub(crate) struct LogBuffer {
    sender: Option<SyncSender<Vec<u8>>>,
    batch: RefCell<Batch>,
    meters: Arc<Meters>,
}

#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    records: u64,
    second: Second,
}

/// The last second that was rendered: most records share it with the one before.
#[derive(Default)]
struct Second {
    unix: Option<u64>,
    text: String,
}

impl Second {
    /// `yyyy-MM-ddTHH:mm:ss`
    fn render(&mut self, time: Timestamp) -> &str {
        if self.unix != Some(time.unix()) {
            self.unix = Some(time.unix());
            self.text = time.rfc3339().to_string();
            self.text.pop();
        }
        &self.text
    }
}

impl LogWriter {
    pub(crate) fn open(log: &AccessLog) -> io::Result<Self> {
        let target: Box<dyn Write + Send> = match log {
            AccessLog::Off => return Ok(Self { sender: None, thread: None }),
            AccessLog::Stdout => Box::new(io::stdout()),
            AccessLog::File(path) => Box::new(OpenOptions::new().create(true).append(true).open(path)?),
        };
        let (sender, batches) = sync_channel(BATCHES_MAX);
        let thread = thread::Builder::new()
            .name("access-log".to_owned())
            .spawn(move || write_all(target, &batches))?;
        Ok(Self { sender: Some(sender), thread: Some(thread) })
    }

    pub(crate) fn buffer(&self, meters: Arc<Meters>) -> LogBuffer {
        LogBuffer { sender: self.sender.clone(), batch: RefCell::default(), meters }
    }

    /// Returns when everything handed over is written; the buffers must be gone by then.
    pub(crate) fn close(self) {
        drop(self.sender);
        if self.thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the access log's writer ended with a panic");
        }
    }
}

fn write_all(mut target: Box<dyn Write + Send>, batches: &Receiver<Vec<u8>>) {
    for batch in batches {
        if let Err(error) = target.write_all(&batch).and_then(|()| target.flush()) {
            tracing::error!(%error, "access records could not be written");
        }
    }
}

impl LogBuffer {
    /// One that nobody writes out.
    pub(crate) fn silent(meters: Arc<Meters>) -> Self {
        Self { sender: None, batch: RefCell::default(), meters }
    }

    /// Adds one record.
    pub(super) fn push(&self, line: &Line) {
        if self.sender.is_none() {
            return;
        }
        let mut batch = self.batch.borrow_mut();
        let Batch { bytes, records, second } = &mut *batch;
        line.write(second.render(line.time), bytes);
        *records += 1;
        if batch.bytes.len() >= BATCH_BYTES {
            self.hand_over(&mut batch);
        }
    }

    /// Hands over what there is.
    pub(crate) fn flush(&self) {
        let mut batch = self.batch.borrow_mut();
        if batch.records > 0 {
            self.hand_over(&mut batch);
        }
    }

    fn hand_over(&self, batch: &mut Batch) {
        let next = Vec::with_capacity(batch.bytes.capacity());
        let (bytes, records) =
            (std::mem::replace(&mut batch.bytes, next), std::mem::take(&mut batch.records));
        if self.sender.as_ref().is_some_and(|sender| sender.try_send(bytes).is_err()) {
            self.meters.log_records_lost.add(records);
        }
    }
}

impl Drop for LogBuffer {
    fn drop(&mut self) {
        self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accept::{Peer, Scheme},
        observe::RequestIds,
    };
    use std::rc::Rc;

    #[test]
    fn records_that_the_writer_cannot_take_are_counted_as_lost() {
        let (sender, receiver) = sync_channel(1);
        let meters = Arc::new(Meters::default());
        let buffer =
            LogBuffer { sender: Some(sender), batch: RefCell::default(), meters: Arc::clone(&meters) };
        let ids = RequestIds::seeded().unwrap();
        let peer = Rc::new(Peer::new(([127, 0, 0, 1], 80).into(), Scheme::Http));
        for _ in 0..3 {
            buffer.push(&Line::new(Timestamp::from_unix_nanos(0, 7_000_000), ids.next(), Rc::clone(&peer)));
            buffer.flush();
        }
        let first: serde_json::Value = serde_json::from_slice(&receiver.recv().unwrap()).unwrap();
        assert_eq!(first["time"], "1970-01-01T00:00:00.007Z");
        let mut text = String::new();
        crate::observe::Metrics::new(vec![meters]).encode(&mut text);
        assert!(text.contains("countersign_gateway_access_log_records_lost_total 2\n"), "{text}");
    }
}
