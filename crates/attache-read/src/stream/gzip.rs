//! Gzip files, member by member: each is checked by its checksum, and behind a damaged one the next is
//! found again.

use super::Limits;
use super::window::{Fault, Source, Window, bomb};
use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::collections::VecDeque;

/// The first bytes of a member: magic number and method.
pub(crate) const MAGIC: &[u8] = b"\x1f\x8b\x08";
/// What a member must unpack to for a search behind damage to believe in it.
const EXPECTED: &[u8] = b"WARC/";

/// The unpacked bytes of a gzip file.
pub(crate) struct Gzip {
    /// The file, held from the start of the member on as far as `limits.replay` allows.
    input: Window,
    /// How far into the bytes held the member was read.
    at: usize,
    state: State,
    inflate: Decompress,
    crc: Crc,
    /// Bytes given so far, and those of members whose checksum held.
    given: u64,
    verified: u64,
    /// Size of the member read so far: packed and unpacked.
    packed: u64,
    unpacked: u64,
    /// Where members begin, in what is given and in the file; the last is the present one.
    members: VecDeque<(u64, u64)>,
    limits: Limits,
}

enum State {
    Head,
    Body,
    Tail,
    Failed(Fault),
}

impl Gzip {
    pub fn new(input: Window, limits: Limits) -> Gzip {
        Gzip {
            input,
            at: 0,
            state: State::Head,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            given: 0,
            verified: 0,
            packed: 0,
            unpacked: 0,
            members: VecDeque::new(),
            limits,
        }
    }

    fn fault(&self, reason: &str) -> Fault {
        let byte = self.members.back().map_or(self.input.offset(), |(_, at)| *at);
        Fault { byte: Some(byte), reason: format!("damaged gzip member: {reason}") }
    }

    /// Begins a member; false at the end of the file.
    fn open(&mut self) -> Result<bool, Fault> {
        if !self.input.fill(1)? {
            return Ok(false);
        }
        self.members.push_back((self.given, self.input.offset()));
        // Few are asked for: those of the record being read.
        while self.members.len() > 1024 {
            self.members.pop_front();
        }
        if self.rest_is_zero()? {
            return Ok(false);
        }
        self.at = head(&mut self.input, &self.limits)?.ok_or_else(|| self.fault("no gzip header here"))?;
        self.inflate = Decompress::new(false);
        self.crc = Crc::new();
        (self.packed, self.unpacked) = (self.at as u64, 0);
        Ok(true)
    }

    /// Some writers fill up the last block with zeros.
    fn rest_is_zero(&mut self) -> Result<bool, Fault> {
        let zeros = |bytes: &[u8]| bytes.iter().all(|byte| *byte == 0);
        self.input.fill(64)?;
        if !zeros(self.input.held()) {
            return Ok(false);
        }
        self.input.fill(self.limits.head)?;
        Ok(zeros(self.input.held()))
    }

    fn inflate(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        loop {
            let packed = self.input.held().get(self.at..).unwrap_or(&[]);
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(packed, buffer, FlushDecompress::None);
            let Ok(status) = status else { return Err(self.fault("its bytes cannot be unpacked")) };
            let taken = self.inflate.total_in() - before_in;
            let count = usize::try_from(self.inflate.total_out() - before_out).unwrap_or(0);
            self.at += usize::try_from(taken).unwrap_or(0);
            self.packed += taken;
            self.unpacked += count as u64;
            self.crc.update(buffer.get(..count).unwrap_or(&[]));
            if self.at > self.limits.replay {
                let gone = self.at - self.limits.replay / 2;
                self.input.pass(gone);
                self.at -= gone;
            }
            let most = self.packed.saturating_mul(self.limits.ratio).saturating_add(self.limits.slack);
            if self.unpacked > most {
                return Err(Fault { byte: self.fault("").byte, ..bomb(most) });
            }
            if self.given > self.limits.unpacked {
                return Err(bomb(self.limits.unpacked));
            }
            self.given += count as u64;
            if status == Status::StreamEnd {
                self.state = State::Tail;
                return Ok(count);
            }
            if count > 0 {
                return Ok(count);
            }
            if self.at == self.input.held().len() && !self.input.grow()? {
                return Err(self.fault("cut off"));
            }
        }
    }

    /// Checks checksum and length, and lets go of the member.
    fn close(&mut self) -> Result<(), Fault> {
        if !self.input.fill(self.at + 8)? {
            return Err(self.fault("cut off"));
        }
        let tail: Vec<u8> = self.input.held().iter().skip(self.at).take(8).copied().collect();
        let word = |at: usize| {
            tail.iter().skip(at).take(4).rev().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte))
        };
        if word(0) != self.crc.sum() || word(4) != self.crc.amount() {
            return Err(self.fault("its checksum does not hold"));
        }
        self.input.pass(self.at + 8);
        self.at = 0;
        self.verified = self.given;
        Ok(())
    }

    fn step(&mut self, buffer: &mut [u8]) -> Result<Option<usize>, Fault> {
        match &self.state {
            State::Failed(fault) => Err(fault.clone()),
            State::Head => {
                let more = self.open()?;
                if more {
                    self.state = State::Body;
                }
                Ok((!more).then_some(0))
            }
            State::Body => Ok(Some(self.inflate(buffer)?).filter(|count| *count > 0)),
            State::Tail => {
                self.close()?;
                self.state = State::Head;
                Ok(None)
            }
        }
    }
}

impl Source for Gzip {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        loop {
            match self.step(buffer) {
                Ok(Some(count)) => return Ok(count),
                Ok(None) => {}
                Err(fault) => {
                    self.state = State::Failed(fault.clone());
                    return Err(fault);
                }
            }
        }
    }

    fn place(&self, at: u64) -> u64 {
        let member = self.members.iter().rev().find(|(given, _)| *given <= at);
        member.map_or(0, |(_, file)| *file)
    }

    fn verified(&self) -> u64 {
        self.verified
    }

    /// Looks for the next member that holds WARC records, from the byte behind the damaged one's first.
    fn recover(&mut self) -> bool {
        if self.given > self.limits.unpacked {
            return false;
        }
        self.input.pass(1);
        loop {
            match self.input.find(MAGIC, 0, self.limits.replay) {
                Err(_) => return false,
                Ok(Some(at)) => {
                    self.input.pass(at);
                    if begins_a_record(&mut self.input, &self.limits) {
                        self.state = State::Head;
                        self.at = 0;
                        return true;
                    }
                    self.input.pass(1);
                }
                Ok(None) => {
                    let held = self.input.held().len();
                    self.input.pass(held.saturating_sub(MAGIC.len() - 1));
                    if !matches!(self.input.grow(), Ok(true)) {
                        return false;
                    }
                }
            }
        }
    }
}

/// The length of the gzip header at the start of the window; none where there is no good one.
fn head(input: &mut Window, limits: &Limits) -> Result<Option<usize>, Fault> {
    if !input.fill(10)? || !input.held().starts_with(MAGIC) {
        return Ok(None);
    }
    let flags = input.held().get(3).copied().unwrap_or(0xff);
    if flags & 0xe0 != 0 {
        return Ok(None);
    }
    let mut at = 10;
    if flags & 4 != 0 {
        if !input.fill(at + 2)? {
            return Ok(None);
        }
        let length =
            input.held().iter().skip(at).take(2).rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        at += 2 + length;
    }
    for _ in 0..(flags >> 3 & 1) + (flags >> 4 & 1) {
        match input.find(b"\0", at, limits.head)? {
            Some(end) => at = end + 1,
            None => return Ok(None),
        }
    }
    at += usize::from(flags & 2);
    Ok(if at <= limits.head && input.fill(at)? { Some(at) } else { None })
}

/// True where a member begins here that unpacks to the beginning of a WARC record. Costs little and the
/// same for all bytes.
fn begins_a_record(input: &mut Window, limits: &Limits) -> bool {
    let Ok(Some(at)) = head(input, limits) else { return false };
    let _ = input.fill(at + 256);
    let packed = input.held().iter().skip(at).take(256).copied().collect::<Vec<u8>>();
    let mut first = [0; EXPECTED.len()];
    let mut inflate = Decompress::new(false);
    let _ = inflate.decompress(&packed, &mut first, FlushDecompress::None);
    first == EXPECTED
}
