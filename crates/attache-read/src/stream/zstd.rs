//! Zstd files: frames one after the other.

use super::Limits;
use super::window::{Fault, Source, Window, bomb};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::io::Read;

/// The unpacked bytes of a zstd file.
pub(super) struct Zstd {
    state: State,
    given: u64,
    limits: Limits,
}

enum State {
    Between(Window),
    /// A frame, and where it begins.
    Frame(Box<StreamingDecoder<Window, FrameDecoder>>, u64),
    Failed(Fault),
    End,
}

impl Zstd {
    pub fn new(packed: Window, limits: Limits) -> Zstd {
        Zstd { state: State::Between(packed), given: 0, limits }
    }

    /// Begins the next frame; skippable ones are passed over.
    fn open(mut packed: Window) -> Result<State, Fault> {
        loop {
            if !packed.fill(1)? {
                return Ok(State::End);
            }
            packed.fill(8)?;
            let Some(&[kind, 0x2a, 0x4d, 0x18, a, b, c, d]) = packed.held().first_chunk() else { break };
            if kind & 0xf0 != 0x50 {
                break;
            }
            packed.pass(8);
            let mut left = u32::from_le_bytes([a, b, c, d]) as usize;
            while left > 0 && packed.fill(1)? {
                let count = left.min(packed.held().len());
                packed.pass(count);
                left -= count;
            }
        }
        let start = packed.offset();
        let damaged = |error: &dyn std::fmt::Display| Fault {
            byte: Some(start),
            reason: format!("damaged zstd frame: {error}"),
        };
        StreamingDecoder::new(packed)
            .map(|frame| State::Frame(Box::new(frame), start))
            .map_err(|error| damaged(&error))
    }

    fn step(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::End) {
                State::Failed(fault) => return Err(fault),
                State::End => return Ok(0),
                State::Between(packed) => Zstd::open(packed)?,
                State::Frame(mut frame, start) => {
                    let byte = Some(start);
                    let count = frame
                        .read(buffer)
                        .map_err(|error| Fault { byte, reason: format!("damaged zstd frame: {error}") })?;
                    self.given += count as u64;
                    let packed = frame.get_ref().offset();
                    let by_ratio = packed.saturating_mul(self.limits.ratio).saturating_add(self.limits.slack);
                    let most = by_ratio.min(self.limits.unpacked);
                    if self.given > most {
                        return Err(bomb(most));
                    }
                    if count > 0 || buffer.is_empty() {
                        self.state = State::Frame(frame, start);
                        return Ok(count);
                    }
                    State::Between(frame.into_inner())
                }
            };
        }
    }
}

impl Source for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        let read = self.step(buffer);
        if let Err(fault) = &read {
            self.state = State::Failed(fault.clone());
        }
        read
    }
}
