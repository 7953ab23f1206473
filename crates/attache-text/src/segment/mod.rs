//! Blocks into sentences.
