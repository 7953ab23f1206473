//! Sentences as CoNLL-U, in and out.
