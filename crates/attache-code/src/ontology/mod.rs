//! PLOVER 2.0: types, modes, contexts, sectors, statuses, and the CAMEO codes beside them.

mod event_type;

pub use event_type::{EventType, Quad, Status};
