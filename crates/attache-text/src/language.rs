//! Which language a report is in.
