//! Sentences into UD words.
