//! Bytes in, reports out.
