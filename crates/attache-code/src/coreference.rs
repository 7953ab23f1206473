//! Which words of a report mean the same entity.
