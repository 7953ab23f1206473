//! Streams as they are, whatever they are packed in: for readers of other things than reports.

use super::gzip::Gzip;
use super::list::window;
use super::open::{Context, Kind, PROBE, packed, zip_place};
use super::window::Window;
use super::zip_file::Entries;
use super::zstd::Zstd;
use super::{Options, Problem};
use crate::{Input, Limits};
use std::io::{self, Read};
use std::sync::Arc;

/// A stream out of an input.
pub struct Stream {
    name: String,
    packed: bool,
    window: Window,
}

impl Stream {
    /// What errors call it: the input, and where that is a zip file the entry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// True where it was unpacked; else its bytes are the input's own.
    pub fn is_packed(&self) -> bool {
        self.packed
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.window.read(buffer)
    }
}

type Found = Result<(Window, Context), Problem>;

/// The streams in an input: of a zip file its entries, of anything else one; gzip, zstd and zip unpacked as
/// they are read, one in the other if need be, within the limits.
pub fn streams(input: &Input, limits: Limits) -> impl Iterator<Item = Result<Stream, Problem>> + use<> {
    let options = Arc::new(Options { limits, ..Options::default() });
    let found = match window(input, &options) {
        Ok((window, context)) => unpack(window, context),
        Err(problem) => one(Err(problem)),
    };
    found.map(|found| {
        let (window, context) = found?;
        Ok(Stream { name: context.file.to_string(), packed: context.depth > 0, window })
    })
}

fn one(found: Found) -> Box<dyn Iterator<Item = Found>> {
    Box::new(std::iter::once(found))
}

fn unpack(window: Window, context: Context) -> Box<dyn Iterator<Item = Found>> {
    try_unpack(window, context).unwrap_or_else(|problem| one(Err(problem)))
}

fn try_unpack(mut window: Window, context: Context) -> Result<Box<dyn Iterator<Item = Found>>, Problem> {
    if let Err(fault) = window.fill(PROBE)
        && window.held().is_empty()
    {
        return Err(context.fault(None, 0, fault));
    }
    let limits = context.options.limits;
    Ok(match packed(window.held()) {
        Some(Kind::Gzip) => unpack(Window::new(Gzip::new(window, limits)), context.inside("")?),
        Some(Kind::Zstd) => unpack(Window::new(Zstd::new(window, limits)), context.inside("")?),
        Some(Kind::Zip) => {
            let entries = Entries::new(zip_place(window, &context)?, context)?;
            Box::new(entries.flat_map(|found| match found {
                Ok((window, context)) => unpack(window, context),
                Err(problem) => one(Err(problem)),
            }))
        }
        _ => one(Ok((window, context))),
    })
}
