//! The small transformer: words in, one vector a word out.
