//! Pictures: SVG with a title and a description, the same bytes for the same brief. Colours stand in
//! attributes, so that a picture needs no style sheet; classes let a page set others.

mod agenda;
mod map;
mod quads;
mod svg;
mod timeline;

pub use agenda::agenda;
pub use map::places;
pub use quads::quads;
pub use svg::escape;
pub use timeline::timeline;
