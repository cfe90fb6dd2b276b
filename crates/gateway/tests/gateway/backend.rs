//! A tiny HTTP server that remembers what it got, or any other behavior over TCP.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

/// A request as the backend got it.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let values = self.all(name);
        assert!(values.len() <= 1, "{name} stands twice");
        values.first().copied()
    }

    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
    }
}

pub(crate) struct Backend {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    received: Receiver<Received>,
}

pub(crate) const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Backend: yes\r\n\r\nok";

impl Backend {
    /// Answers every request with the same bytes.
    pub(crate) fn answering(answer: &'static [u8]) -> Self {
        Self::with(move |_| answer.to_vec())
    }

    pub(crate) fn ok() -> Self {
        Self::answering(OK)
    }

    /// Answers with what the function makes of the request.
    pub(crate) fn with(answer: impl Fn(&Received) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let (sender, received) = channel();
        let serve = move |stream: TcpStream, _: usize| {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut stream = stream;
            while let Some(request) = read_request(&mut reader) {
                let answer = answer(&request);
                sender.send(request).unwrap();
                if stream.write_all(&answer).is_err() {
                    break;
                }
            }
        };
        let mut backend = Self::raw(serve);
        backend.received = received;
        backend
    }

    /// Does whatever the function does with each connection, counted from 0.
    pub(crate) fn raw(serve: impl Fn(TcpStream, usize) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let (count, serve) = (Arc::clone(&connections), Arc::new(serve));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (number, serve) = (count.fetch_add(1, Ordering::SeqCst), Arc::clone(&serve));
                let stream = stream.unwrap();
                thread::spawn(move || serve(stream, number));
            }
        });
        Self { address, connections, received: channel().1 }
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The next request that arrived.
    #[track_caller]
    pub(crate) fn received(&self) -> Received {
        self.received.recv_timeout(Duration::from_secs(20)).expect("the backend got a request")
    }

    /// Checks that nothing arrived; meaningful once the client has its answer.
    #[track_caller]
    pub(crate) fn assert_untouched(&self) {
        assert_eq!(self.connections(), 0, "the backend was contacted");
    }
}

pub(crate) fn read_request(reader: &mut impl BufRead) -> Option<Received> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut first = lines.first()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let split = |line: &String| {
        line.split_once(": ").map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
    };
    let headers: Vec<_> = lines[1..].iter().filter_map(split).collect();
    let mut request = Received { method, target, headers, body: vec![] };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    assert!(request.header("transfer-encoding").is_none(), "bodies go to backends with their length");
    request.body = vec![0; length];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}
