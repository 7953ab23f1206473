//! Fetching from a server of our own on 127.0.0.1, and refusing what it leads to.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![cfg(feature = "fetch")]

mod make;

use attache_read::fetch::{FetchError, Fetcher, Known, Poll, Polled, State};
use attache_read::{Limits, Options, documents, reports};
use make::{islands, page, words};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A server that answers each path by a function of path and head; what was asked is kept.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answer: impl Fn(&str, &str) -> Vec<u8> + Send + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let head: Vec<String> = BufReader::new(&stream)
                    .lines()
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty())
                    .collect();
                let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or("").to_owned();
                log.lock().unwrap().push(path.clone());
                let _ = stream.write_all(&answer(&path, &head.join("\n").to_lowercase()));
            }
        });
        Server { port, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn fetcher(allow_private: bool) -> Fetcher {
    let limits = Limits { body: 10_000, seconds: 5, ..Limits::default() };
    Fetcher::new(limits, allow_private)
}

#[test]
fn pages_and_feeds_become_reports() {
    let server = Server::new(|path, _| match path {
        "/page" => answer("302 Found", "Location: /there\r\n", b""),
        "/there" => answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", page(1).as_bytes()),
        _ => {
            let feed =
                format!("<rss><channel><item><description>{}</description></item></channel></rss>", words(2));
            answer("200 OK", "Content-Type: text/plain\r\n", feed.as_bytes())
        }
    });
    let paths = [PathBuf::from(server.url("/page")), PathBuf::from(server.url("/feed"))];
    let options = Options { allow_private: true, ..Options::default() };
    let read: Vec<_> = reports(&paths, &options).collect();
    assert_eq!(islands(&read), [1, 2], "{read:?}");
    assert_eq!(read[0].as_ref().unwrap().url.as_deref(), Some(server.url("/there").as_str()));
    // Without leave, an address of this machine is not even asked.
    let before = server.asked().len();
    let refused: Vec<_> = documents(&paths, &Options::default()).collect();
    assert!(
        refused.iter().all(|found| found.as_ref().unwrap_err().reason.contains("--allow-private")),
        "{refused:?}"
    );
    assert_eq!(server.asked().len(), before);
}

#[test]
fn every_way_of_writing_this_machine_is_refused() {
    let server = Server::new(|_, _| answer("200 OK", "", b"secret"));
    let port = server.port;
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "0",
    ] {
        let error = fetcher(false).get(&format!("http://{host}:{port}/"), &Known::default()).unwrap_err();
        assert!(
            matches!(error, FetchError::Private { .. })
                || host == "localhost" && matches!(error, FetchError::Connection(_)),
            "{host}: {error}"
        );
    }
    for address in ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fd00:ec2::254]/"]
    {
        assert!(
            matches!(fetcher(false).get(address, &Known::default()), Err(FetchError::Private { .. })),
            "{address}"
        );
    }
    assert!(server.asked().is_empty());
}

#[test]
fn redirects_are_looked_at_and_counted() {
    let server = Server::new(|path, _| match path {
        "/file" => answer("302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/user" => answer("302 Found", "Location: http://a:b@127.0.0.1/\r\n", b""),
        _ => answer("302 Found", "Location: /round\r\n", b""),
    });
    let get = |path: &str| fetcher(true).get(&server.url(path), &Known::default()).unwrap_err();
    assert!(matches!(get("/file"), FetchError::Address(_)));
    assert!(matches!(get("/user"), FetchError::Address(_)));
    assert!(matches!(get("/round"), FetchError::Redirects(5)));
    assert_eq!(server.asked().iter().filter(|path| *path == "/round").count(), 6);
}

#[test]
fn answers_are_bounded() {
    let server = Server::new(|path, _| match path {
        "/long" => answer("200 OK", "", &vec![b'x'; 20_000]),
        "/endless" => b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
            .iter()
            .copied()
            .chain(vec![b'x'; 100_000])
            .collect(),
        "/head" => format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(200_000)).into_bytes(),
        "/cut" => b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".to_vec(),
        "/gone" => answer("404 Not Found", "", b"no"),
        _ => b"no HTTP at all\r\n\r\n".to_vec(),
    });
    let get = |path: &str| fetcher(true).get(&server.url(path), &Known::default()).unwrap_err();
    assert!(matches!(get("/long"), FetchError::TooLarge(10_000)));
    assert!(matches!(get("/endless"), FetchError::TooLarge(10_000)));
    assert!(matches!(get("/head"), FetchError::Connection(_)));
    assert!(matches!(get("/cut"), FetchError::Connection(_)));
    assert!(matches!(get("/gone"), FetchError::Status { status: 404, .. }));
    assert!(matches!(get("/garbage"), FetchError::Connection(_)));
}

#[test]
fn a_server_that_says_nothing_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let limits = Limits { seconds: 1, ..Limits::default() };
    let start = Instant::now();
    assert!(matches!(
        Fetcher::new(limits, true).get(&url, &Known::default()),
        Err(FetchError::Connection(_))
    ));
    assert!(start.elapsed() < Duration::from_secs(20));
}

fn poll(state: State) -> Poll {
    Poll::new(Limits::default(), true, Duration::from_millis(60), state)
}

#[test]
fn polls_ask_only_for_what_is_new() {
    let server = Server::new(|path, head| match path {
        "/robots.txt" => answer("200 OK", "", b"User-agent: *\nDisallow: /private\n"),
        _ if head.contains("if-none-match: \"v1\"") && head.contains("if-modified-since: tue") => {
            answer("304 Not Modified", "", b"")
        }
        _ => answer("200 OK", "ETag: \"v1\"\r\nLast-Modified: Tue, 05 Mar 2024 10:00:00 GMT\r\n", b"news"),
    });
    let url = server.url("/feed?a=b");
    let mut first = poll(State::default());
    let start = Instant::now();
    let Polled::New(fetched) = first.get(&url).unwrap() else { panic!("something new") };
    assert_eq!(fetched.body, b"news");
    // Not stored yet: it comes again.
    assert!(matches!(first.get(&url).unwrap(), Polled::New(_)));
    first.keep(&url, fetched.known);
    assert!(matches!(first.get(&url).unwrap(), Polled::Same));
    assert!(matches!(first.get(&server.url("/private/feed")), Err(FetchError::Robots)));
    // Four requests with a wait between each.
    assert!(start.elapsed() >= Duration::from_millis(180));
    assert_eq!(server.asked(), ["/robots.txt", "/feed?a=b", "/feed?a=b", "/feed?a=b"]);
    let kept = serde_json::to_string(first.state()).unwrap();
    let mut later = poll(serde_json::from_str(&kept).unwrap());
    assert!(matches!(later.get(&url).unwrap(), Polled::Same));
}

#[test]
fn servers_in_trouble_are_left_alone() {
    let server = Server::new(|path, _| match path {
        "/robots.txt" => answer("404 Not Found", "", b""),
        _ => answer("503 Busy", "Retry-After: 120\r\n", b""),
    });
    let mut visitor = poll(State::default());
    assert!(matches!(visitor.get(&server.url("/a")), Err(FetchError::Status { status: 503, .. })));
    let Polled::Later(left) = visitor.get(&server.url("/b")).unwrap() else { panic!("left alone") };
    assert!(left > Duration::from_secs(100) && left <= Duration::from_secs(120));
    assert_eq!(server.asked(), ["/robots.txt", "/a"]);

    let broken = Server::new(|_, _| answer("500 Broken", "", b""));
    assert!(matches!(poll(State::default()).get(&broken.url("/a")), Err(FetchError::Robots)));
    assert_eq!(broken.asked(), ["/robots.txt"]);
}
